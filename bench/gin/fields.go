package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Optional is a field of a body: absent, null, or a value.
type Optional[T any] struct {
	given bool
	value *T
}

func (field *Optional[T]) UnmarshalJSON(text []byte) error {
	field.given = true
	return json.Unmarshal(text, &field.value)
}

// Fields is the body of a write.
type Fields struct {
	EmployeeID        Optional[ID]       `json:"employee_id"`
	CustomerID        Optional[ID]       `json:"customer_id"`
	OrderDate         Optional[Moment]   `json:"order_date"`
	ShippedDate       Optional[Moment]   `json:"shipped_date"`
	ShipperID         Optional[ID]       `json:"shipper_id"`
	ShipName          Optional[Line]     `json:"ship_name"`
	ShipAddress       Optional[Lines]    `json:"ship_address"`
	ShipCity          Optional[Line]     `json:"ship_city"`
	ShipStateProvince Optional[Line]     `json:"ship_state_province"`
	ShipZipPostalCode Optional[Line]     `json:"ship_zip_postal_code"`
	ShipCountryRegion Optional[Line]     `json:"ship_country_region"`
	ShippingFee       Optional[Amount]   `json:"shipping_fee"`
	Taxes             Optional[Amount]   `json:"taxes"`
	PaymentType       Optional[Line]     `json:"payment_type"`
	PaidDate          Optional[Moment]   `json:"paid_date"`
	Notes             Optional[Lines]    `json:"notes"`
	TaxRate           Optional[Rate]     `json:"tax_rate"`
	TaxStatusID       Optional[StatusID] `json:"tax_status_id"`
	StatusID          Optional[StatusID] `json:"status_id"`
}

// ID is the key of a row, StatusID that of a status, which may be 0.
type ID int32
type StatusID int8

func (id *ID) UnmarshalJSON(text []byte) error {
	number, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || number < 1 {
		return fmt.Errorf("must be a whole number from 1 to 2147483647")
	}
	*id = ID(number)
	return nil
}

func (id *StatusID) UnmarshalJSON(text []byte) error {
	number, err := strconv.ParseInt(string(text), 10, 8)
	if err != nil || number < 0 || text[0] == '-' {
		return fmt.Errorf("must be a whole number from 0 to 127")
	}
	*id = StatusID(number)
	return nil
}

// Moment is a naive date and time like 2024-01-15T10:30:00.
type Moment string

const momentLayout = "2006-01-02T15:04:05"

func (moment *Moment) UnmarshalJSON(text []byte) error {
	var written string
	if err := json.Unmarshal(text, &written); err != nil {
		return err
	}
	if _, err := time.Parse(momentLayout, written); err != nil || len(written) != len(momentLayout) {
		return fmt.Errorf("must be a date and time like 2024-01-15T10:30:00, without zone")
	}
	if written < "1900" {
		return fmt.Errorf("must not be before 1900-01-01")
	}
	*moment = Moment(written)
	return nil
}

// Scan: the driver writes a date with a space, the API with a T.
func (moment *Moment) Scan(value any) error {
	text, isText := value.([]byte)
	if !isText || len(text) != len(momentLayout) {
		return fmt.Errorf("not a date and time: %v", value)
	}
	*moment = Moment(string(text[:10]) + "T" + string(text[11:]))
	return nil
}

// Amount is exact text with four places; Rate, from 0 to 1, has six and is answered as a JSON number.
type Amount string
type Rate string

var decimalPattern = regexp.MustCompile(`^(0|[1-9][0-9]*)(?:\.([0-9]+))?$`)

// exactDigits of a JSON number every client keeps, whatever it computes with.
const exactDigits = 15

func (amount *Amount) UnmarshalJSON(text []byte) error {
	written, err := readDecimal(text, 4)
	*amount = Amount(written)
	return err
}

func (rate *Rate) UnmarshalJSON(text []byte) error {
	written, err := readDecimal(text, 6)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(written, "0.") && written != "1.000000" {
		return fmt.Errorf("must be between 0 and 1")
	}
	*rate = Rate(written)
	return nil
}

func readDecimal(text []byte, places int) (string, error) {
	written := string(text)
	isNumber := text[0] != '"'
	if !isNumber {
		if err := json.Unmarshal(text, &written); err != nil {
			return "", err
		}
	}
	parts := decimalPattern.FindStringSubmatch(written)
	if parts == nil {
		return "", fmt.Errorf("must be a plain decimal like \"12.50\", not negative")
	}
	fraction := strings.TrimRight(parts[2], "0")
	if len(fraction) > places {
		return "", fmt.Errorf("has too many decimal places; amounts are never rounded")
	}
	if isNumber && len(strings.TrimLeft(parts[1]+fraction, "0")) > exactDigits {
		return "", fmt.Errorf("too many digits for a JSON number: send it as text")
	}
	fraction += strings.Repeat("0", places-len(fraction))
	if _, err := strconv.ParseInt(parts[1]+fraction, 10, 64); err != nil {
		return "", fmt.Errorf("must not be above 922337203685477.5807")
	}
	return parts[1] + "." + fraction, nil
}

func (rate Rate) MarshalJSON() ([]byte, error) {
	return []byte(strings.TrimSuffix(strings.TrimRight(string(rate), "0"), ".")), nil
}

// Line is text of one line and 50 characters at most, Lines text of several.
type Line string
type Lines string

func (line *Line) UnmarshalJSON(text []byte) error {
	written, err := readText(text, 50, "")
	*line = Line(written)
	return err
}

func (lines *Lines) UnmarshalJSON(text []byte) error {
	written, err := readText(text, 65_535, "\t\n\r")
	*lines = Lines(written)
	return err
}

func readText(text []byte, most int, allowed string) (string, error) {
	var written string
	if err := json.Unmarshal(text, &written); err != nil {
		return "", err
	}
	for _, char := range written {
		turns := char >= 0x202a && char <= 0x202e || char >= 0x2066 && char <= 0x2069
		if turns || unicode.IsControl(char) && !strings.ContainsRune(allowed, char) {
			return "", fmt.Errorf("holds control characters or a change of direction")
		}
	}
	if len(written) > most && utf8.RuneCountInString(written) > most {
		return "", fmt.Errorf("must have %d characters at most", most)
	}
	return written, nil
}
