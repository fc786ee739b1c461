//! Every refusal, in the envelope of the original.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde::Serialize;
use sqlx::mysql::MySqlDatabaseError;

#[derive(Serialize)]
pub struct Envelope<T> {
    pub success: bool,
    pub message: &'static str,
    pub data: T,
}

#[derive(Serialize)]
struct Faulty {
    success: bool,
    message: String,
    data: Option<()>,
}

#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    message: String,
}

impl Refusal {
    pub const NO_ORDER: Self = Self { status: StatusCode::NOT_FOUND, message: String::new() };

    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    pub fn rule(message: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    pub fn state(message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }
}

/// The server's numbers for broken foreign keys, and for conflicts with other transactions.
const CHILD_EXISTS: u16 = 1451;
const NO_PARENT: u16 = 1452;
const LOCK_TIMEOUT: u16 = 1205;
const DEADLOCK: u16 = 1213;

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        let number = error
            .as_database_error()
            .and_then(|refused| refused.try_downcast_ref::<MySqlDatabaseError>())
            .map(MySqlDatabaseError::number);
        match number {
            Some(NO_PARENT) => Self::rule("Does not exist."),
            Some(CHILD_EXISTS) => Self::state("The order cannot be deleted: it is referred to."),
            Some(LOCK_TIMEOUT | DEADLOCK) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "Try again."),
            _ => {
                eprintln!("{error}");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let message = if self.message.is_empty() { "There is no such order.".into() } else { self.message };
        (self.status, Json(Faulty { success: false, message, data: None })).into_response()
    }
}
