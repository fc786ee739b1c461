//! The eight routes of the original Northwind API as Rocket and SQLx have them: a peer to measure against.

mod fields;
mod order;
mod queries;
mod refusal;
mod routes;

use std::env;
use std::error::Error;
use std::time::Duration;

use rocket::config::{Ident, LogLevel, Shutdown};
use rocket::data::{Limits, ToByteUnit};
use rocket::fairing::AdHoc;
use rocket::http::ext::IntoOwned;
use rocket::http::uri::Origin;
use rocket::Config;
use sqlx::mysql::MySqlPoolOptions;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    // Rocket's runtime reads the number of its threads from here, before any configuration of ours is made.
    env::set_var("ROCKET_WORKERS", setting("CPUS")?);
    rocket::execute(serve())
}

async fn serve() -> Result<(), Failure> {
    let pool = MySqlPoolOptions::new()
        .max_connections(setting("POOL_SIZE")?.parse()?)
        .acquire_timeout(Duration::from_secs(30))
        // Else every statement would cost a ping of the connection before it.
        .test_before_acquire(false)
        .connect(&setting("DATABASE_URL")?)
        .await?;
    let config = Config {
        address: setting("HOST")?.parse()?,
        port: setting("PORT")?.parse()?,
        workers: setting("CPUS")?.parse()?,
        log_level: LogLevel::Off,
        ident: Ident::none(),
        limits: Limits::default().limit("json", 256.kibibytes()),
        shutdown: Shutdown { grace: 1, mercy: 1, ..Shutdown::default() },
        ..Config::release_default()
    };
    rocket::custom(config)
        .manage(pool)
        .mount("/", routes::all())
        .register("/", routes::catchers())
        .attach(without_trailing_slash())
        .launch()
        .await?;
    Ok(())
}

/// A slash at the end means the same as none.
fn without_trailing_slash() -> AdHoc {
    AdHoc::on_request("without trailing slash", |request, _| {
        Box::pin(async move {
            let uri = request.uri();
            if uri.path().len() > 1 && uri.path().ends_with("/") {
                if let Some(shorter) = uri.map_path(|path| path.as_str().trim_end_matches('/').to_owned()) {
                    let shorter: Origin<'_> = shorter.into_owned();
                    request.set_uri(shorter);
                }
            }
        })
    })
}

fn setting(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("{name} is not set").into())
}
