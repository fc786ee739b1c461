// The eight routes of the original Northwind API in Gin and go-sql-driver: a peer to measure against.
package main

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-sql-driver/mysql"
)

func main() {
	runtime.GOMAXPROCS(number("CPUS"))
	database, err := openDatabase(setting("DATABASE_URL"), number("POOL_SIZE"))
	if err != nil {
		log.Fatal(err)
	}
	orders, err := openOrders(database)
	if err != nil {
		log.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.HandleMethodNotAllowed = true
	addRoutes(engine, orders)
	server := &http.Server{Addr: net.JoinHostPort(setting("HOST"), setting("PORT")), Handler: engine}
	terminated, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	go func() {
		<-terminated.Done()
		limited, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := server.Shutdown(limited); err != nil {
			log.Print(err)
		}
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

// openDatabase turns the URL into the driver's own configuration and waits until the database answers.
func openDatabase(address string, poolSize int) (*sql.DB, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	config := mysql.NewConfig()
	config.Net = "tcp"
	config.Addr = parsed.Host
	config.User = parsed.User.Username()
	config.Passwd, _ = parsed.User.Password()
	config.DBName = parsed.Path[1:]
	// An update to equal values finds its row too.
	config.ClientFoundRows = true
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	database := sql.OpenDB(connector)
	database.SetMaxOpenConns(poolSize)
	database.SetMaxIdleConns(poolSize)
	database.SetConnMaxLifetime(3 * time.Minute)
	return database, database.Ping()
}

func setting(name string) string {
	value, found := os.LookupEnv(name)
	if !found {
		log.Fatalf("%s is not set", name)
	}
	return value
}

func number(name string) int {
	value, err := strconv.Atoi(setting(name))
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	return value
}
