//! The eight routes of the original.

use rocket::http::{ContentType, Status};
use rocket::response::status::Created;
use rocket::serde::json::{Error, Json};
use rocket::{catch, catchers, delete, get, post, put, routes, Catcher, Request, Route, State};
use serde_json::error::Category;
use sqlx::MySqlPool;

use crate::fields::Fields;
use crate::order::Order;
use crate::queries::{self, Of, Page};
use crate::refusal::{Envelope, Refusal};

type Answer<T> = Result<Json<Envelope<T>>, Refusal>;
type Pool = State<MySqlPool>;
type Body<'r> = Result<Json<Fields>, Error<'r>>;

pub fn all() -> Vec<Route> {
    routes![health, health_of_orders, list, create, get, update, remove, of_customer, of_employee]
}

pub fn catchers() -> Vec<Catcher> {
    catchers![otherwise]
}

#[get("/api/health")]
fn health() -> Json<Envelope<&'static str>> {
    answer("Northwind Orders API is running", "OK")
}

#[get("/api/orders/health")]
fn health_of_orders() -> Json<Envelope<&'static str>> {
    health()
}

#[get("/api/orders?<sort>&<limit>")]
async fn list(pool: &Pool, sort: Option<&str>, limit: Option<&str>) -> Answer<Vec<Order>> {
    let of = Of::All;
    Ok(answer("Orders retrieved", queries::list(pool, of, page(of, sort, limit)?).await?))
}

#[get("/api/orders/customer/<id>?<sort>&<limit>")]
async fn of_customer(pool: &Pool, id: &str, sort: Option<&str>, limit: Option<&str>) -> Answer<Vec<Order>> {
    let of = Of::Customer(path_id(id)?);
    Ok(answer("Orders retrieved", queries::list(pool, of, page(of, sort, limit)?).await?))
}

#[get("/api/orders/employee/<id>?<sort>&<limit>")]
async fn of_employee(pool: &Pool, id: &str, sort: Option<&str>, limit: Option<&str>) -> Answer<Vec<Order>> {
    let of = Of::Employee(path_id(id)?);
    Ok(answer("Orders retrieved", queries::list(pool, of, page(of, sort, limit)?).await?))
}

#[get("/api/orders/<id>")]
async fn get(pool: &Pool, id: &str) -> Answer<Order> {
    Ok(answer("Order retrieved", queries::by_id(pool, path_id(id)?).await?))
}

#[post("/api/orders", data = "<body>")]
async fn create(
    pool: &Pool,
    content_type: Option<&ContentType>,
    body: Body<'_>,
) -> Result<Created<Json<Envelope<Order>>>, Refusal> {
    let order = queries::create(pool, read(content_type, body)?).await?;
    Ok(Created::new(format!("/api/orders/{}", order.id)).body(answer("Order created", order)))
}

#[put("/api/orders/<id>", data = "<body>")]
async fn update(pool: &Pool, id: &str, content_type: Option<&ContentType>, body: Body<'_>) -> Answer<Order> {
    let order = queries::update(pool, path_id(id)?, read(content_type, body)?).await?;
    Ok(answer("Order updated", order))
}

#[delete("/api/orders/<id>")]
async fn remove(pool: &Pool, id: &str) -> Answer<Option<Order>> {
    queries::delete(pool, path_id(id)?).await?;
    Ok(answer("Order deleted", None))
}

#[catch(default)]
fn otherwise(status: Status, _: &Request<'_>) -> Refusal {
    Refusal::new(status, status.reason_lossy())
}

fn answer<T>(message: &'static str, data: T) -> Json<Envelope<T>> {
    Json(Envelope { success: true, message, data })
}

/// Only its plain form is an id; one beyond the key's type cannot exist.
fn path_id(text: &str) -> Result<i32, Refusal> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.len() > 1 && text.starts_with('0')) || text.parse::<i64>().is_err() {
        return Err(Refusal::new(Status::BadRequest, "An id is a whole number in its plain form, like 42."));
    }
    text.parse().map_err(|_| Refusal::NO_ORDER)
}

const MOST_ROWS: u32 = 1000;

fn page(of: Of, sort: Option<&str>, limit: Option<&str>) -> Result<Page, Refusal> {
    let [down, up] = of.sorts();
    let refuse = |message: &str| Refusal::new(Status::BadRequest, message);
    let descending = match sort {
        None => true,
        Some(sort) if sort == down => true,
        Some(sort) if sort == up => false,
        Some(_) => return Err(refuse(&format!("sort: Must be one of: {down}, {up}."))),
    };
    let limit = match limit {
        None => MOST_ROWS,
        Some(text) => match text.parse() {
            Ok(limit @ 1..=MOST_ROWS) if text.as_bytes()[0].is_ascii_digit() => limit,
            _ => return Err(refuse("limit: Must be a whole number from 1 to 1000.")),
        },
    };
    Ok(Page { descending, limit })
}

fn read(content_type: Option<&ContentType>, body: Body<'_>) -> Result<Fields, Refusal> {
    if !content_type.is_some_and(|given| given.is_json()) {
        return Err(Refusal::new(Status::UnsupportedMediaType, "The body must be application/json."));
    }
    match body {
        Ok(Json(fields)) => Ok(fields),
        Err(Error::Parse(_, error)) if error.classify() == Category::Data => Err(Refusal::rule(&error.to_string())),
        Err(Error::Parse(_, error)) => Err(Refusal::new(Status::BadRequest, error.to_string())),
        Err(Error::Io(_)) => Err(Refusal::new(Status::PayloadTooLarge, "The body is larger than 256 KB.")),
    }
}
