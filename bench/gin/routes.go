package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"

	"github.com/gin-gonic/gin"
)

const mostBytes = 256 * 1024

func addRoutes(engine *gin.Engine, orders *Orders) {
	// A slash at the end means the same as none.
	add := func(method, path string, handle gin.HandlerFunc) {
		engine.Handle(method, path, handle)
		engine.Handle(method, path+"/", handle)
	}
	for _, path := range []string{"/api/health", "/api/orders/health"} {
		add("GET", path, func(context *gin.Context) { succeed(context, "Northwind Orders API is running", "OK") })
	}
	add("GET", "/api/orders", list(orders, ""))
	add("GET", "/api/orders/customer/:id", list(orders, " WHERE customer_id = ?"))
	add("GET", "/api/orders/employee/:id", list(orders, " WHERE employee_id = ?"))
	add("POST", "/api/orders", func(context *gin.Context) { create(context, orders) })
	add("GET", "/api/orders/:id", withID(func(context *gin.Context, id int32) {
		order, err := orders.one(context.Request.Context(), id)
		answer(context, "Order retrieved", order, err)
	}))
	add("PUT", "/api/orders/:id", withID(func(context *gin.Context, id int32) {
		fields, err := readFields(context)
		if err != nil {
			refuse(context, err)
			return
		}
		order, err := orders.change(context.Request.Context(), id, fields)
		answer(context, "Order updated", order, err)
	}))
	add("DELETE", "/api/orders/:id", withID(func(context *gin.Context, id int32) {
		answer(context, "Order deleted", nil, orders.delete(context.Request.Context(), id))
	}))
	engine.NoRoute(func(context *gin.Context) { refuse(context, Refusal{404, "There is nothing at this path."}) })
	engine.NoMethod(func(context *gin.Context) { refuse(context, Refusal{405, "This path does not know this method."}) })
}

func create(context *gin.Context, orders *Orders) {
	fields, err := readFields(context)
	if err != nil {
		refuse(context, err)
		return
	}
	order, err := orders.create(context.Request.Context(), fields)
	if err != nil {
		refuse(context, err)
		return
	}
	context.Header("Location", fmt.Sprintf("/api/orders/%d", order.ID))
	context.JSON(http.StatusCreated, Envelope{true, "Order created", order})
}

func list(orders *Orders, where string) gin.HandlerFunc {
	return func(context *gin.Context) {
		column := "id"
		if where != "" {
			column = "order_date"
		}
		page, err := readPage(context, column)
		var ids []any
		if where != "" && err == nil {
			var id int32
			id, err = pathID(context.Param("id"))
			ids = append(ids, id)
		}
		if err != nil {
			refuse(context, err)
			return
		}
		found, err := orders.list(context.Request.Context(), where, page, ids...)
		answer(context, "Orders retrieved", found, err)
	}
}

func withID(handle func(*gin.Context, int32)) gin.HandlerFunc {
	return func(context *gin.Context) {
		id, err := pathID(context.Param("id"))
		if err != nil {
			refuse(context, err)
			return
		}
		handle(context, id)
	}
}

func answer(context *gin.Context, message string, data any, err error) {
	if err != nil {
		refuse(context, err)
		return
	}
	succeed(context, message, data)
}

func succeed(context *gin.Context, message string, data any) {
	context.JSON(http.StatusOK, Envelope{true, message, data})
}

var plainID = regexp.MustCompile(`^(0|[1-9][0-9]{0,18})$`)

// pathID: only its plain form is an id; one beyond the key's type cannot exist.
func pathID(text string) (int32, error) {
	if _, err := strconv.ParseInt(text, 10, 64); err != nil || !plainID.MatchString(text) {
		return 0, Refusal{http.StatusBadRequest, "An id is a whole number in its plain form, like 42."}
	}
	id, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0, noOrder
	}
	return int32(id), nil
}

// Page is how a list is sorted, and how many rows it has at most.
type Page struct {
	direction string
	limit     int
}

// readPage: a list is sorted by one column, downwards unless asked otherwise.
func readPage(context *gin.Context, column string) (Page, error) {
	page := Page{limit: 1000}
	switch context.DefaultQuery("sort", "-"+column) {
	case column:
	case "-" + column:
		page.direction = " DESC"
	default:
		return page, Refusal{http.StatusBadRequest, fmt.Sprintf("sort: Must be one of: -%s, %s.", column, column)}
	}
	text := context.DefaultQuery("limit", "1000")
	limit, err := strconv.Atoi(text)
	if err != nil || !plainID.MatchString(text) || limit < 1 || limit > 1000 {
		return page, Refusal{http.StatusBadRequest, "limit: Must be a whole number from 1 to 1000."}
	}
	page.limit = limit
	return page, nil
}

func readFields(context *gin.Context) (*Fields, error) {
	if context.ContentType() != gin.MIMEJSON {
		return nil, Refusal{http.StatusUnsupportedMediaType, "The body must be application/json."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(context.Writer, context.Request.Body, mostBytes))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, Refusal{http.StatusRequestEntityTooLarge, "The body is larger than 256 KB."}
	}
	if err != nil || !json.Valid(body) {
		return nil, Refusal{http.StatusBadRequest, "The body is not valid JSON."}
	}
	if bytes.TrimLeft(body, " \t\r\n")[0] != '{' {
		return nil, rule("Must be an object.")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	fields := &Fields{}
	if err := decoder.Decode(fields); err != nil {
		return nil, rule(err.Error())
	}
	return fields, nil
}
