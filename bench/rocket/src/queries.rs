//! Every statement, prepared once per connection by SQLx.

use sqlx::MySqlPool;

use crate::fields::Fields;
use crate::order::{Guarded, Order};
use crate::refusal::Refusal;

macro_rules! columns {
    () => {
        "id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city, \
         ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date, \
         notes, tax_rate, tax_status_id, status_id"
    };
}

/// Binds the nineteen columns that a write sets, in the order of both statements.
macro_rules! bind_order {
    ($query:ident, $order:expr) => {
        let order = $order;
        let $query = $query
            .bind(order.employee_id)
            .bind(order.customer_id)
            .bind(order.order_date)
            .bind(order.shipped_date)
            .bind(order.shipper_id)
            .bind(&order.ship_name)
            .bind(&order.ship_address)
            .bind(&order.ship_city)
            .bind(&order.ship_state_province)
            .bind(&order.ship_zip_postal_code)
            .bind(&order.ship_country_region)
            .bind(order.shipping_fee)
            .bind(order.taxes)
            .bind(&order.payment_type)
            .bind(order.paid_date)
            .bind(&order.notes)
            .bind(order.tax_rate)
            .bind(order.tax_status_id)
            .bind(order.status_id);
    };
}

const BY_ID: &str = concat!("SELECT ", columns!(), " FROM orders WHERE id = ?");
const BY_ID_LOCKED: &str = concat!("SELECT ", columns!(), " FROM orders WHERE id = ? FOR UPDATE");
const INSERT: &str = "INSERT INTO orders (employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, \
     ship_city, ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, \
     paid_date, notes, tax_rate, tax_status_id, status_id) \
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const UPDATE: &str = "UPDATE orders SET employee_id = ?, customer_id = ?, order_date = ?, shipped_date = ?, \
     shipper_id = ?, ship_name = ?, ship_address = ?, ship_city = ?, ship_state_province = ?, \
     ship_zip_postal_code = ?, ship_country_region = ?, shipping_fee = ?, taxes = ?, payment_type = ?, paid_date = ?, \
     notes = ?, tax_rate = ?, tax_status_id = ?, status_id = ?, version = version + 1 WHERE id = ?";

/// Whose orders a list holds.
#[derive(Clone, Copy)]
pub enum Of {
    All,
    Customer(i32),
    Employee(i32),
}

impl Of {
    /// How the list can be sorted, downwards and upwards; the first is how it is sorted unless asked otherwise.
    pub fn sorts(self) -> [&'static str; 2] {
        match self {
            Of::All => ["-id", "id"],
            Of::Customer(_) | Of::Employee(_) => ["-order_date", "order_date"],
        }
    }
}

/// How a list is sorted, and how many rows it has at most.
#[derive(Clone, Copy)]
pub struct Page {
    pub descending: bool,
    pub limit: u32,
}

pub async fn list(pool: &MySqlPool, of: Of, page: Page) -> Result<Vec<Order>, Refusal> {
    const ALL: &str = concat!("SELECT ", columns!(), " FROM orders ORDER BY id LIMIT ?");
    const ALL_DOWN: &str = concat!("SELECT ", columns!(), " FROM orders ORDER BY id DESC LIMIT ?");
    const CUSTOMER: &str =
        concat!("SELECT ", columns!(), " FROM orders WHERE customer_id = ? ORDER BY order_date, id LIMIT ?");
    const CUSTOMER_DOWN: &str =
        concat!("SELECT ", columns!(), " FROM orders WHERE customer_id = ? ORDER BY order_date DESC, id DESC LIMIT ?");
    const EMPLOYEE: &str =
        concat!("SELECT ", columns!(), " FROM orders WHERE employee_id = ? ORDER BY order_date, id LIMIT ?");
    const EMPLOYEE_DOWN: &str =
        concat!("SELECT ", columns!(), " FROM orders WHERE employee_id = ? ORDER BY order_date DESC, id DESC LIMIT ?");
    let (up, down, id) = match of {
        Of::All => (ALL, ALL_DOWN, None),
        Of::Customer(id) => (CUSTOMER, CUSTOMER_DOWN, Some(id)),
        Of::Employee(id) => (EMPLOYEE, EMPLOYEE_DOWN, Some(id)),
    };
    let query = sqlx::query_as(if page.descending { down } else { up });
    let query = if let Some(id) = id { query.bind(id) } else { query };
    Ok(query.bind(page.limit).fetch_all(pool).await?)
}

pub async fn by_id(pool: &MySqlPool, id: i32) -> Result<Order, Refusal> {
    found(sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await?)
}

/// One statement is a transaction of its own; what it stores is what was bound, so nothing is read again.
pub async fn create(pool: &MySqlPool, fields: Fields) -> Result<Order, Refusal> {
    let mut order = Order::new();
    order.set(fields);
    order.check_dates()?;
    let query = sqlx::query(INSERT);
    bind_order!(query, &order);
    let id = query.execute(pool).await?.last_insert_id();
    order.id = i32::try_from(id).map_err(|_| Refusal::rule("No id is left."))?;
    Ok(order)
}

pub async fn update(pool: &MySqlPool, id: i32, fields: Fields) -> Result<Order, Refusal> {
    let mut transaction = pool.begin().await?;
    let mut order: Order = found(sqlx::query_as(BY_ID_LOCKED).bind(id).fetch_optional(&mut *transaction).await?)?;
    let before = Guarded::from(&order);
    let dated = fields.order_date.is_some() || fields.shipped_date.is_some();
    order.set(fields);
    if dated {
        order.check_dates()?;
    }
    before.check(&order)?;
    let query = sqlx::query(UPDATE);
    bind_order!(query, &order);
    query.bind(id).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(order)
}

pub async fn delete(pool: &MySqlPool, id: i32) -> Result<(), Refusal> {
    let mut transaction = pool.begin().await?;
    let order: Order = found(sqlx::query_as(BY_ID_LOCKED).bind(id).fetch_optional(&mut *transaction).await?)?;
    if !order.is_deletable() {
        return Err(Refusal::state("An order that is shipped or closed cannot be deleted."));
    }
    sqlx::query("DELETE FROM order_details WHERE order_id = ?").bind(id).execute(&mut *transaction).await?;
    sqlx::query("DELETE FROM orders WHERE id = ?").bind(id).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}

fn found(order: Option<Order>) -> Result<Order, Refusal> {
    order.ok_or(Refusal::NO_ORDER)
}
