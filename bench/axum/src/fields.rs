//! What a client may write of an order: each type refuses what the column could not hold exactly.

use chrono::{Datelike, NaiveDateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

/// The key of a row.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Id(pub i32);

impl TryFrom<i64> for Id {
    type Error = &'static str;

    fn try_from(value: i64) -> Result<Self, Self::Error> {
        match i32::try_from(value) {
            Ok(id) if id >= 1 => Ok(Self(id)),
            _ => Err("Must be between 1 and 2147483647."),
        }
    }
}

/// The key of a status, which may be 0.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct StatusId(pub i8);

impl TryFrom<i64> for StatusId {
    type Error = &'static str;

    fn try_from(value: i64) -> Result<Self, Self::Error> {
        match i8::try_from(value) {
            Ok(id) if id >= 0 => Ok(Self(id)),
            _ => Err("Must be between 0 and 127."),
        }
    }
}

/// A naive date and time like 2024-01-15T10:30:00, not before 1900.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct Moment(pub NaiveDateTime);

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const REFUSAL: &str = "Must be a date and time like 2024-01-15T10:30:00, without zone.";
        let plain = text.len() == 19
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                10 => byte == b'T',
                13 | 16 => byte == b':',
                // Chrono takes a leap second, the column does not.
                17 => byte.is_ascii_digit() && byte < b'6',
                _ => byte.is_ascii_digit(),
            });
        if !plain {
            return Err(REFUSAL);
        }
        let moment = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S").map_err(|_| REFUSAL)?;
        if moment.year() < 1900 {
            return Err("Must not be before 1900-01-01.");
        }
        Ok(Self(moment))
    }
}

/// An amount as JSON has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Whole(i64),
    Number(f64),
}

/// An exact amount of four places at most, not negative, never rounded.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Written")]
pub struct Amount(pub Decimal);

/// Digits of a JSON number that every client keeps, whatever it computes with.
const EXACT_DIGITS: usize = 15;

impl TryFrom<Written> for Amount {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        read(written, 4).map(Self)
    }
}

fn read(written: Written, places: u32) -> Result<Decimal, &'static str> {
    let (text, is_number) = match written {
        Written::Text(text) => (text, false),
        Written::Whole(number) => (number.to_string(), true),
        Written::Number(number) => (number.to_string(), true),
    };
    let amount = exact(&text, places as usize)?;
    let digits = text.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    if is_number && digits > EXACT_DIGITS {
        return Err("Too many digits for a JSON number: send it as text.");
    }
    Ok(amount)
}

fn exact(text: &str, places: usize) -> Result<Decimal, &'static str> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err("Must be a plain decimal like \"12.50\"."),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err("Must be a plain decimal like \"12.50\", not negative.");
    }
    let extra = fraction.len().saturating_sub(places);
    let (kept, zeros) = fraction.split_at(fraction.len() - extra);
    if zeros.bytes().any(|byte| byte != b'0') {
        return Err("Has too many decimal places; amounts are never rounded.");
    }
    let units = format!("{whole}{kept:0<places$}").parse::<i64>();
    match units {
        Ok(units) => Ok(Decimal::new(units, places as u32)),
        Err(_) => Err("Must not be above 922337203685477.5807."),
    }
}

/// A tax rate between 0 and 1, with six places.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Written")]
pub struct Rate(pub Decimal);

impl TryFrom<Written> for Rate {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let rate = read(written, 6)?;
        if rate > Decimal::ONE { Err("Must be between 0 and 1.") } else { Ok(Self(rate)) }
    }
}

/// Marks that make text read as what it is not.
fn turns_text(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text of one line and 50 characters at most.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Line(pub String);

impl TryFrom<String> for Line {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.chars().any(|char| char.is_control() || turns_text(char)) {
            return Err("Holds control characters or a change of direction.");
        }
        if text.len() > 50 && text.chars().count() > 50 {
            return Err("Must have 50 characters at most.");
        }
        Ok(Self(text))
    }
}

/// Text of several lines.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Lines(pub String);

impl TryFrom<String> for Lines {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let forbidden = |char: char| (char.is_control() && !matches!(char, '\t' | '\n' | '\r')) || turns_text(char);
        if text.chars().any(forbidden) {
            return Err("Holds control characters or a change of direction.");
        }
        if text.len() > 65_535 && text.chars().count() > 65_535 {
            return Err("Must have 65535 characters at most.");
        }
        Ok(Self(text))
    }
}

/// The body of a write: a field that is absent stays as it is (`None`), null clears it (`Some(None)`).
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    #[serde(deserialize_with = "given")]
    pub employee_id: Option<Option<Id>>,
    #[serde(deserialize_with = "given")]
    pub customer_id: Option<Option<Id>>,
    #[serde(deserialize_with = "given")]
    pub order_date: Option<Option<Moment>>,
    #[serde(deserialize_with = "given")]
    pub shipped_date: Option<Option<Moment>>,
    #[serde(deserialize_with = "given")]
    pub shipper_id: Option<Option<Id>>,
    #[serde(deserialize_with = "given")]
    pub ship_name: Option<Option<Line>>,
    #[serde(deserialize_with = "given")]
    pub ship_address: Option<Option<Lines>>,
    #[serde(deserialize_with = "given")]
    pub ship_city: Option<Option<Line>>,
    #[serde(deserialize_with = "given")]
    pub ship_state_province: Option<Option<Line>>,
    #[serde(deserialize_with = "given")]
    pub ship_zip_postal_code: Option<Option<Line>>,
    #[serde(deserialize_with = "given")]
    pub ship_country_region: Option<Option<Line>>,
    #[serde(deserialize_with = "given")]
    pub shipping_fee: Option<Option<Amount>>,
    #[serde(deserialize_with = "given")]
    pub taxes: Option<Option<Amount>>,
    #[serde(deserialize_with = "given")]
    pub payment_type: Option<Option<Line>>,
    #[serde(deserialize_with = "given")]
    pub paid_date: Option<Option<Moment>>,
    #[serde(deserialize_with = "given")]
    pub notes: Option<Option<Lines>>,
    #[serde(deserialize_with = "given")]
    pub tax_rate: Option<Option<Rate>>,
    #[serde(deserialize_with = "given")]
    pub tax_status_id: Option<Option<StatusId>>,
    #[serde(deserialize_with = "given")]
    pub status_id: Option<Option<StatusId>>,
}

fn given<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
