package main

import "time"

// Order is an order as it is stored and answered. Amounts stay the text that the database sends: exact, four places.
type Order struct {
	ID                int32     `json:"id"`
	EmployeeID        *ID       `json:"employee_id"`
	CustomerID        *ID       `json:"customer_id"`
	OrderDate         *Moment   `json:"order_date"`
	ShippedDate       *Moment   `json:"shipped_date"`
	ShipperID         *ID       `json:"shipper_id"`
	ShipName          *Line     `json:"ship_name"`
	ShipAddress       *Lines    `json:"ship_address"`
	ShipCity          *Line     `json:"ship_city"`
	ShipStateProvince *Line     `json:"ship_state_province"`
	ShipZipPostalCode *Line     `json:"ship_zip_postal_code"`
	ShipCountryRegion *Line     `json:"ship_country_region"`
	ShippingFee       *Amount   `json:"shipping_fee"`
	Taxes             *Amount   `json:"taxes"`
	PaymentType       *Line     `json:"payment_type"`
	PaidDate          *Moment   `json:"paid_date"`
	Notes             *Lines    `json:"notes"`
	TaxRate           *Rate     `json:"tax_rate"`
	TaxStatusID       *StatusID `json:"tax_status_id"`
	StatusID          *StatusID `json:"status_id"`
}

const columns = "id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, " +
	"ship_city, ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, " +
	"paid_date, notes, tax_rate, tax_status_id, status_id"

// places are where a row is read into, in the order of columns.
func (order *Order) places() []any {
	return append([]any{&order.ID}, []any{
		&order.EmployeeID, &order.CustomerID, &order.OrderDate, &order.ShippedDate, &order.ShipperID, &order.ShipName,
		&order.ShipAddress, &order.ShipCity, &order.ShipStateProvince, &order.ShipZipPostalCode,
		&order.ShipCountryRegion, &order.ShippingFee, &order.Taxes, &order.PaymentType, &order.PaidDate, &order.Notes,
		&order.TaxRate, &order.TaxStatusID, &order.StatusID,
	}...)
}

// values are what a write sets: all columns but the id.
func (order *Order) values() []any {
	return []any{
		order.EmployeeID, order.CustomerID, order.OrderDate, order.ShippedDate, order.ShipperID, order.ShipName,
		order.ShipAddress, order.ShipCity, order.ShipStateProvince, order.ShipZipPostalCode, order.ShipCountryRegion,
		order.ShippingFee, order.Taxes, order.PaymentType, order.PaidDate, order.Notes, order.TaxRate,
		order.TaxStatusID, order.StatusID,
	}
}

// newOrder is what a new order is where nobody says otherwise.
func newOrder() Order {
	now := Moment(time.Now().UTC().Format(momentLayout))
	fee, taxes, rate, status := Amount("0.0000"), Amount("0.0000"), Rate("0.0000"), StatusID(0)
	return Order{OrderDate: &now, ShippingFee: &fee, Taxes: &taxes, TaxRate: &rate, StatusID: &status}
}

// set takes over what a body names: a field that is absent stays, null clears it.
func (order *Order) set(fields *Fields) {
	take(&order.EmployeeID, fields.EmployeeID)
	take(&order.CustomerID, fields.CustomerID)
	take(&order.OrderDate, fields.OrderDate)
	take(&order.ShippedDate, fields.ShippedDate)
	take(&order.ShipperID, fields.ShipperID)
	take(&order.ShipName, fields.ShipName)
	take(&order.ShipAddress, fields.ShipAddress)
	take(&order.ShipCity, fields.ShipCity)
	take(&order.ShipStateProvince, fields.ShipStateProvince)
	take(&order.ShipZipPostalCode, fields.ShipZipPostalCode)
	take(&order.ShipCountryRegion, fields.ShipCountryRegion)
	take(&order.ShippingFee, fields.ShippingFee)
	take(&order.Taxes, fields.Taxes)
	take(&order.PaymentType, fields.PaymentType)
	take(&order.PaidDate, fields.PaidDate)
	take(&order.Notes, fields.Notes)
	take(&order.TaxRate, fields.TaxRate)
	take(&order.TaxStatusID, fields.TaxStatusID)
	take(&order.StatusID, fields.StatusID)
}

func take[T any](place **T, field Optional[T]) {
	if field.given {
		*place = field.value
	}
}

const (
	shipped = 2
	closed  = 3
)

func statusOf(status *StatusID) StatusID {
	if status == nil {
		return 0
	}
	return *status
}

func same[T comparable](one, other *T) bool {
	if one == nil || other == nil {
		return one == other
	}
	return *one == *other
}

// checkDates: an order is not shipped on a day before it was made.
func (order *Order) checkDates() error {
	const day = len("2024-01-15")
	if order.OrderDate != nil && order.ShippedDate != nil && (*order.ShippedDate)[:day] < (*order.OrderDate)[:day] {
		return rule("shipped_date: Must not be before the day of order_date.")
	}
	return nil
}

// checkState is what the state of an order forbids a client to change. Writing the value that is there changes nothing.
func checkState(before, after *Order) error {
	from := statusOf(before.StatusID)
	if !same(before.StatusID, after.StatusID) {
		if after.StatusID != nil && *after.StatusID > closed {
			return rule("status_id: Does not exist.")
		}
		if after.StatusID == nil || *after.StatusID <= from {
			return state("status_id: An order only moves forward: New, Invoiced, Shipped, Closed.")
		}
	}
	if from != 0 && !(same(before.CustomerID, after.CustomerID) && same(before.EmployeeID, after.EmployeeID)) {
		return state("customer_id and employee_id cannot be changed once the order is invoiced.")
	}
	return nil
}
