package main

import (
	"context"
	"database/sql"
	"strings"
)

const (
	byID   = "SELECT " + columns + " FROM orders WHERE id = ?"
	insert = "INSERT INTO orders (employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, " +
		"ship_address, ship_city, ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, " +
		"payment_type, paid_date, notes, tax_rate, tax_status_id, status_id) " +
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

// Orders holds every statement, prepared once per connection.
type Orders struct {
	database                                            *sql.DB
	byID, locked, insert, update, removeDetails, remove *sql.Stmt
	lists                                               map[string]*sql.Stmt
}

func openOrders(database *sql.DB) (*Orders, error) {
	var failed error
	prepare := func(text string) *sql.Stmt {
		statement, err := database.Prepare(text)
		if err != nil {
			failed = err
		}
		return statement
	}
	set := strings.ReplaceAll(strings.TrimPrefix(columns, "id, "), ",", " = ?,") + " = ?"
	orders := &Orders{
		database:      database,
		byID:          prepare(byID),
		locked:        prepare(byID + " FOR UPDATE"),
		insert:        prepare(insert),
		update:        prepare("UPDATE orders SET " + set + ", version = version + 1 WHERE id = ?"),
		removeDetails: prepare("DELETE FROM order_details WHERE order_id = ?"),
		remove:        prepare("DELETE FROM orders WHERE id = ?"),
		lists:         map[string]*sql.Stmt{},
	}
	for _, where := range []string{"", " WHERE customer_id = ?", " WHERE employee_id = ?"} {
		for _, direction := range []string{"", " DESC"} {
			order := "id" + direction
			if where != "" {
				order = "order_date" + direction + ", " + order
			}
			orders.lists[where+direction] = prepare("SELECT " + columns + " FROM orders" + where + " ORDER BY " + order + " LIMIT ?")
		}
	}
	return orders, failed
}

func (orders *Orders) one(context context.Context, id int32) (*Order, error) {
	order := &Order{}
	return order, orders.byID.QueryRowContext(context, id).Scan(order.places()...)
}

// list holds the orders of a place, like " WHERE customer_id = ?" with its id, or all of them.
func (orders *Orders) list(context context.Context, where string, page Page, ids ...any) ([]Order, error) {
	rows, err := orders.lists[where+page.direction].QueryContext(context, append(ids, page.limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := []Order{}
	for rows.Next() {
		var order Order
		if err := rows.Scan(order.places()...); err != nil {
			return nil, err
		}
		found = append(found, order)
	}
	return found, rows.Err()
}

// create: one statement is a transaction of its own; what it stores is what was bound, so nothing is read again.
func (orders *Orders) create(context context.Context, fields *Fields) (*Order, error) {
	order := newOrder()
	order.set(fields)
	if err := order.checkDates(); err != nil {
		return nil, err
	}
	result, err := orders.insert.ExecContext(context, order.values()...)
	if err != nil {
		return nil, err
	}
	id, err := result.LastInsertId()
	order.ID = int32(id)
	return &order, err
}

func (orders *Orders) change(context context.Context, id int32, fields *Fields) (*Order, error) {
	var after Order
	return &after, orders.transaction(context, func(tx *sql.Tx) error {
		var before Order
		if err := tx.StmtContext(context, orders.locked).QueryRowContext(context, id).Scan(before.places()...); err != nil {
			return err
		}
		after = before
		after.set(fields)
		if fields.OrderDate.given || fields.ShippedDate.given {
			if err := after.checkDates(); err != nil {
				return err
			}
		}
		if err := checkState(&before, &after); err != nil {
			return err
		}
		_, err := tx.StmtContext(context, orders.update).ExecContext(context, append(after.values(), id)...)
		return err
	})
}

func (orders *Orders) delete(context context.Context, id int32) error {
	return orders.transaction(context, func(tx *sql.Tx) error {
		var order Order
		if err := tx.StmtContext(context, orders.locked).QueryRowContext(context, id).Scan(order.places()...); err != nil {
			return err
		}
		if statusOf(order.StatusID) >= shipped {
			return state("An order that is shipped or closed cannot be deleted.")
		}
		if _, err := tx.StmtContext(context, orders.removeDetails).ExecContext(context, id); err != nil {
			return err
		}
		_, err := tx.StmtContext(context, orders.remove).ExecContext(context, id)
		return err
	})
}

func (orders *Orders) transaction(context context.Context, work func(*sql.Tx) error) error {
	tx, err := orders.database.BeginTx(context, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}
