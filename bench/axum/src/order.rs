//! An order as it is stored and answered, and the rules of its status.

use chrono::{NaiveDateTime, SubsecRound, Utc};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use sqlx::FromRow;

use crate::fields::Fields;
use crate::refusal::Refusal;

#[derive(FromRow, Serialize)]
pub struct Order {
    pub id: i32,
    pub employee_id: Option<i32>,
    pub customer_id: Option<i32>,
    pub order_date: Option<NaiveDateTime>,
    pub shipped_date: Option<NaiveDateTime>,
    pub shipper_id: Option<i32>,
    pub ship_name: Option<String>,
    pub ship_address: Option<String>,
    pub ship_city: Option<String>,
    pub ship_state_province: Option<String>,
    pub ship_zip_postal_code: Option<String>,
    pub ship_country_region: Option<String>,
    pub shipping_fee: Option<Decimal>,
    pub taxes: Option<Decimal>,
    pub payment_type: Option<String>,
    pub paid_date: Option<NaiveDateTime>,
    pub notes: Option<String>,
    #[serde(serialize_with = "as_number")]
    pub tax_rate: Option<Decimal>,
    pub tax_status_id: Option<i8>,
    pub status_id: Option<i8>,
}

/// The rate is not an amount: four places at most survive a JSON number unchanged.
fn as_number<S: Serializer>(rate: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match rate {
        None => serializer.serialize_none(),
        Some(rate) if rate.is_integer() => serializer.serialize_i64(rate.to_i64().unwrap_or_default()),
        Some(rate) => serializer.serialize_f64(rate.to_f64().unwrap_or_default()),
    }
}

const SHIPPED: i8 = 2;
const CLOSED: i8 = 3;

impl Order {
    /// What a new order is where nobody says otherwise.
    pub fn new() -> Self {
        let zero = Decimal::new(0, 4);
        Self {
            id: 0,
            employee_id: None,
            customer_id: None,
            order_date: Some(Utc::now().naive_utc().trunc_subsecs(0)),
            shipped_date: None,
            shipper_id: None,
            ship_name: None,
            ship_address: None,
            ship_city: None,
            ship_state_province: None,
            ship_zip_postal_code: None,
            ship_country_region: None,
            shipping_fee: Some(zero),
            taxes: Some(zero),
            payment_type: None,
            paid_date: None,
            notes: None,
            tax_rate: Some(zero),
            tax_status_id: None,
            status_id: Some(0),
        }
    }

    /// Takes over what a body names.
    pub fn set(&mut self, fields: Fields) {
        macro_rules! take {
            ($($name:ident),*) => { $(if let Some(value) = fields.$name { self.$name = value.map(|it| it.0); })* };
        }
        take!(employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city);
        take!(ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type);
        take!(paid_date, notes, tax_rate, tax_status_id, status_id);
    }

    /// An order is not shipped on a day before it was made.
    pub fn check_dates(&self) -> Result<(), Refusal> {
        match (self.order_date, self.shipped_date) {
            (Some(ordered), Some(shipped)) if shipped.date() < ordered.date() => {
                Err(Refusal::rule("shipped_date: Must not be before the day of order_date."))
            }
            _ => Ok(()),
        }
    }

    pub fn is_deletable(&self) -> bool {
        self.status_id.unwrap_or(0) < SHIPPED
    }
}

/// What the state of an order forbids a client to change. Writing the value that is there changes nothing.
#[derive(Clone, Copy)]
pub struct Guarded {
    status_id: Option<i8>,
    customer_id: Option<i32>,
    employee_id: Option<i32>,
}

impl From<&Order> for Guarded {
    fn from(order: &Order) -> Self {
        Self { status_id: order.status_id, customer_id: order.customer_id, employee_id: order.employee_id }
    }
}

impl Guarded {
    pub fn check(self, after: &Order) -> Result<(), Refusal> {
        let from = self.status_id.unwrap_or(0);
        if after.status_id != self.status_id && after.status_id > Some(CLOSED) {
            return Err(Refusal::rule("status_id: Does not exist."));
        }
        let forward = after.status_id.is_some_and(|to| to > from);
        if after.status_id != self.status_id && !forward {
            return Err(Refusal::state("status_id: An order only moves forward: New, Invoiced, Shipped, Closed."));
        }
        if from != 0 && (after.customer_id != self.customer_id || after.employee_id != self.employee_id) {
            return Err(Refusal::state("customer_id and employee_id cannot be changed once the order is invoiced."));
        }
        Ok(())
    }
}
