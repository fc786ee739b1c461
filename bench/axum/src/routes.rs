//! The eight routes of the original.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header::LOCATION;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, MethodRouter};
use axum::{Json, Router};
use serde::Deserialize;
use sqlx::MySqlPool;

use crate::fields::Fields;
use crate::order::Order;
use crate::queries::{self, Of, Page};
use crate::refusal::{Envelope, Refusal};

type Answer<T> = Result<Json<Envelope<T>>, Refusal>;
type Pool = State<MySqlPool>;
type Body = Result<Json<Fields>, JsonRejection>;
type Asked = Result<Query<Sorted>, QueryRejection>;

const MOST_BYTES: usize = 256 * 1024;

pub fn all(pool: MySqlPool) -> Router {
    let routes: [(&str, MethodRouter<MySqlPool>); 6] = [
        ("/api/health", get(health)),
        ("/api/orders/health", get(health)),
        ("/api/orders", get(list).post(create)),
        ("/api/orders/{id}", get(one).put(update).delete(remove)),
        ("/api/orders/customer/{id}", get(of_customer)),
        ("/api/orders/employee/{id}", get(of_employee)),
    ];
    routes
        .into_iter()
        // A slash at the end means the same as none.
        .fold(Router::new(), |router, (path, route)| router.route(&format!("{path}/"), route.clone()).route(path, route))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "There is nothing at this path.") })
        .method_not_allowed_fallback(|| async {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "This path does not know this method.")
        })
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(pool)
}

async fn health() -> Json<Envelope<&'static str>> {
    answer("Northwind Orders API is running", "OK")
}

async fn list(State(pool): Pool, asked: Asked) -> Answer<Vec<Order>> {
    let of = Of::All;
    Ok(answer("Orders retrieved", queries::list(&pool, of, page(of, asked)?).await?))
}

async fn of_customer(State(pool): Pool, Path(id): Path<String>, asked: Asked) -> Answer<Vec<Order>> {
    let of = Of::Customer(path_id(&id)?);
    Ok(answer("Orders retrieved", queries::list(&pool, of, page(of, asked)?).await?))
}

async fn of_employee(State(pool): Pool, Path(id): Path<String>, asked: Asked) -> Answer<Vec<Order>> {
    let of = Of::Employee(path_id(&id)?);
    Ok(answer("Orders retrieved", queries::list(&pool, of, page(of, asked)?).await?))
}

async fn one(State(pool): Pool, Path(id): Path<String>) -> Answer<Order> {
    Ok(answer("Order retrieved", queries::by_id(&pool, path_id(&id)?).await?))
}

async fn create(State(pool): Pool, body: Body) -> Result<impl IntoResponse, Refusal> {
    let order = queries::create(&pool, read(body)?).await?;
    let location = [(LOCATION, format!("/api/orders/{}", order.id))];
    Ok((StatusCode::CREATED, location, answer("Order created", order)))
}

async fn update(State(pool): Pool, Path(id): Path<String>, body: Body) -> Answer<Order> {
    let order = queries::update(&pool, path_id(&id)?, read(body)?).await?;
    Ok(answer("Order updated", order))
}

async fn remove(State(pool): Pool, Path(id): Path<String>) -> Answer<Option<Order>> {
    queries::delete(&pool, path_id(&id)?).await?;
    Ok(answer("Order deleted", None))
}

fn answer<T>(message: &'static str, data: T) -> Json<Envelope<T>> {
    Json(Envelope { success: true, message, data })
}

/// Only its plain form is an id; one beyond the key's type cannot exist.
fn path_id(text: &str) -> Result<i32, Refusal> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.len() > 1 && text.starts_with('0')) || text.parse::<i64>().is_err() {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "An id is a whole number in its plain form, like 42."));
    }
    text.parse().map_err(|_| Refusal::NO_ORDER)
}

/// How a client asks for a list.
#[derive(Deserialize)]
struct Sorted {
    sort: Option<String>,
    limit: Option<String>,
}

const MOST_ROWS: u32 = 1000;

fn page(of: Of, asked: Asked) -> Result<Page, Refusal> {
    let [down, up] = of.sorts();
    let refuse = |message: &str| Refusal::new(StatusCode::BAD_REQUEST, message);
    let Query(Sorted { sort, limit }) = asked.map_err(|fault| refuse(&fault.body_text()))?;
    let descending = match sort.as_deref() {
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

/// Axum's own statuses are ours: 400 for what is no JSON, 413, 415, and 422 for what is no order.
fn read(body: Body) -> Result<Fields, Refusal> {
    match body {
        Ok(Json(fields)) => Ok(fields),
        Err(fault) => Err(Refusal::new(fault.status(), fault.body_text())),
    }
}
