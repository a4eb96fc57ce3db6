//! Moments and days.

use chrono::NaiveDate;
use domain::Timestamp;

use super::text_scalar;

text_scalar! {
    /// A moment as RFC 3339 writes it. Output is in UTC with microseconds, such as
    /// `2026-03-14T09:26:53.589793Z`; input may have any offset.
    DateTime(Timestamp),
    specified by "https://www.rfc-editor.org/rfc/rfc3339",
    read by Timestamp::parse
}

text_scalar! {
    /// A day of the calendar without a time zone, such as `2026-03-14`.
    Date(NaiveDate),
    specified by "https://scalars.graphql.org/andimarek/local-date.html",
    read by day
}

/// Reads a day of exactly ten characters; `chrono` alone would also read `2026-3-14`.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok();
    day.filter(|day| day.to_string() == text)
        .ok_or_else(|| format!("\"{text}\" is not a day such as 2026-03-14"))
}
