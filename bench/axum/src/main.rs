//! The eight routes of the original Northwind API as axum and SQLx have them: a peer to measure against.

mod fields;
mod order;
mod queries;
mod refusal;
mod routes;

use std::env;
use std::error::Error;
use std::time::Duration;

use axum::serve::ListenerExt;
use sqlx::mysql::MySqlPoolOptions;
use tokio::net::TcpListener;
use tokio::signal::unix::{signal, SignalKind};

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(setting("CPUS")?.parse()?)
        .enable_all()
        .build()?;
    let result = runtime.block_on(serve());
    // Idle connections of clients do not hold up the end.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

async fn serve() -> Result<(), Failure> {
    let pool = MySqlPoolOptions::new()
        .max_connections(setting("POOL_SIZE")?.parse()?)
        .acquire_timeout(Duration::from_secs(30))
        // Else every statement would cost a ping of the connection before it.
        .test_before_acquire(false)
        .connect(&setting("DATABASE_URL")?)
        .await?;
    let address = format!("{}:{}", setting("HOST")?, setting("PORT")?);
    let listener = TcpListener::bind(address).await?.tap_io(|connection| {
        // A connection that cannot be tuned is served all the same.
        let _ = connection.set_nodelay(true);
    });
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        served = axum::serve(listener, routes::all(pool)) => Ok(served?),
        _ = terminated.recv() => Ok(()),
    }
}

fn setting(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("{name} is not set").into())
}
