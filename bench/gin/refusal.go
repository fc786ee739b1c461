package main

import (
	"database/sql"
	"errors"
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-sql-driver/mysql"
)

// Envelope is what every answer has.
type Envelope struct {
	Success bool   `json:"success"`
	Message string `json:"message"`
	Data    any    `json:"data"`
}

// Refusal is an HTTP status and a public message.
type Refusal struct {
	status  int
	message string
}

func (refusal Refusal) Error() string { return refusal.message }

func rule(message string) error  { return Refusal{http.StatusUnprocessableEntity, message} }
func state(message string) error { return Refusal{http.StatusConflict, message} }

var noOrder = Refusal{http.StatusNotFound, "There is no such order."}

// The server's numbers for broken foreign keys, and for conflicts with other transactions.
const (
	childExists = 1451
	noParent    = 1452
	lockTimeout = 1205
	deadlock    = 1213
)

func refuse(context *gin.Context, err error) {
	refusal := refusalOf(err)
	context.JSON(refusal.status, Envelope{Message: refusal.message})
}

func refusalOf(err error) Refusal {
	var refusal Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	if errors.Is(err, sql.ErrNoRows) {
		return noOrder
	}
	var refused *mysql.MySQLError
	if errors.As(err, &refused) {
		switch refused.Number {
		case noParent:
			return Refusal{http.StatusUnprocessableEntity, "Does not exist."}
		case childExists:
			return Refusal{http.StatusConflict, "The order cannot be deleted: it is referred to."}
		case lockTimeout, deadlock:
			return Refusal{http.StatusServiceUnavailable, "Try again."}
		}
	}
	log.Print(err)
	return Refusal{http.StatusInternalServerError, "Something went wrong on our side."}
}
