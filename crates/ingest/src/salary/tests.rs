//! Clauses with the amounts that must come out of them.

use domain::role::SalaryObservation;
use domain::role::salary::PayPeriod;

fn in_prose(text: &str) -> Vec<SalaryObservation> {
    let mut found = Vec::new();
    super::in_prose(text, 500, &mut found);
    found
}

fn in_fact(text: &str) -> Vec<SalaryObservation> {
    let mut found = Vec::new();
    super::in_fact(text, 500, &mut found);
    found
}

/// `LEVEL STATISTIC minor CURRENCY PERIOD`, joined by ` | `.
fn read(text: &str) -> String {
    let found = in_prose(text);
    let lines: Vec<String> = found
        .iter()
        .map(|o| {
            let period = o.period.map_or("-", PayPeriod::as_str);
            let (level, statistic) = (o.level, o.statistic);
            let (minor, currency) = (o.amount.minor_units, o.amount.currency.code());
            format!("{level} {statistic} {minor} {currency} {period}")
        })
        .collect();
    lines.join(" | ")
}

fn check(table: &[(&str, &str)]) {
    for (text, wanted) in table {
        assert_eq!(read(text), *wanted, "{text}");
    }
}

#[test]
fn amounts_need_a_currency_beside_them() {
    check(&[
        ("Pay is $95,000", "UNSPECIFIED TYPICAL 9500000 USD YEAR"),
        ("Pay is US$95,000", "UNSPECIFIED TYPICAL 9500000 USD YEAR"),
        ("Pay is CA$95,000", "UNSPECIFIED TYPICAL 9500000 CAD YEAR"),
        ("Pay is C$95,000", "UNSPECIFIED TYPICAL 9500000 CAD YEAR"),
        ("Pay is A$95,000", "UNSPECIFIED TYPICAL 9500000 AUD YEAR"),
        ("Pay is NZ$95,000", "UNSPECIFIED TYPICAL 9500000 NZD YEAR"),
        ("Pay is CHF 95'000", "UNSPECIFIED TYPICAL 9500000 CHF YEAR"),
        ("Pay is 95 000 €", "UNSPECIFIED TYPICAL 9500000 EUR YEAR"),
        (
            "Pay is 400.000 SEK",
            "UNSPECIFIED TYPICAL 40000000 SEK YEAR",
        ),
        ("Pay is $95,000 CAD", "UNSPECIFIED TYPICAL 9500000 CAD YEAR"),
        ("Pay is £45k", "UNSPECIFIED TYPICAL 4500000 GBP YEAR"),
        ("Pay is EUR 1.5M", "UNSPECIFIED TYPICAL 150000000 EUR YEAR"),
        (
            "Pay is €1.200,50 a month",
            "UNSPECIFIED TYPICAL 120050 EUR MONTH",
        ),
        ("In 2024 there were 95,000 people and 12 percent more", ""),
        ("Pay is S$95,000 or HK$95,000", ""),
        ("A market of $4 billion and 95,000 kr", ""),
        (
            "Since 2024 USD 90,000 is usual",
            "UNSPECIFIED TYPICAL 9000000 USD YEAR",
        ),
    ]);
}

#[test]
fn ranges_are_a_minimum_and_a_maximum() {
    let dollars = "UNSPECIFIED MINIMUM 9500000 USD YEAR | UNSPECIFIED MAXIMUM 12000000 USD YEAR";
    let pounds = "UNSPECIFIED MINIMUM 3000000 GBP YEAR | UNSPECIFIED MAXIMUM 4000000 GBP YEAR";
    let hours = "UNSPECIFIED MINIMUM 1800 USD HOUR | UNSPECIFIED MAXIMUM 2400 USD HOUR";
    check(&[
        ("Pay is $95–120K", dollars),
        ("Pay is $95K-$120K", dollars),
        ("Pay is $95K to $120K", dollars),
        ("Pay is $95,000 – 120,000", dollars),
        ("Pay runs from $95,000 to $120,000", dollars),
        ("The median is $95,000—$120,000", dollars),
        ("Expect between £30,000 and £40,000", pounds),
        ("Expect 30,000–40,000 GBP", pounds),
        ("Most earn $18 to $24 an hour", hours),
        ("Between $18 an hour and $24 an hour", hours),
        ("Hourly rates are $18-24", hours),
        (
            "It rose in 2024 to $95,000",
            "UNSPECIFIED TYPICAL 9500000 USD YEAR",
        ),
        (
            "Of $95,000 to 10% are saved",
            "UNSPECIFIED TYPICAL 9500000 USD YEAR",
        ),
        (
            "Juniors earn $50,000 and seniors $90,000",
            "JUNIOR TYPICAL 5000000 USD YEAR | SENIOR TYPICAL 9000000 USD YEAR",
        ),
        (
            "It is $9,500-12,000",
            "UNSPECIFIED MINIMUM 950000 USD YEAR | UNSPECIFIED MAXIMUM 1200000 USD YEAR",
        ),
    ]);
}

#[test]
fn words_say_which_statistic_an_amount_is() {
    let maximum = "UNSPECIFIED MAXIMUM 15000000 USD YEAR";
    let minimum = "UNSPECIFIED MINIMUM 15000000 USD YEAR";
    for phrase in [
        "up to",
        "as much as",
        "no more than",
        "below",
        "under",
        "less than",
        "at most",
        "up to about",
    ] {
        assert_eq!(
            read(&format!("They earn {phrase} $150K")),
            maximum,
            "{phrase}"
        );
    }
    for phrase in [
        "can exceed",
        "exceeds",
        "above",
        "well over",
        "more than",
        "at least",
        "from",
        "start at",
        "which starts at",
        "starting at",
        "upwards of",
        "more than roughly",
    ] {
        assert_eq!(
            read(&format!("They earn {phrase} $150K")),
            minimum,
            "{phrase}"
        );
    }
}

#[test]
fn other_amounts_are_averages_or_typical() {
    let minimum = "UNSPECIFIED MINIMUM 15000000 USD YEAR";
    check(&[
        ("They earn $150K+", minimum),
        ("They earn $150K or more", minimum),
        ("They earn $150,000 a year or more", minimum),
        (
            "The median is $118K",
            "UNSPECIFIED MEDIAN 11800000 USD YEAR",
        ),
        ("Average pay: $118K", "UNSPECIFIED MEAN 11800000 USD YEAR"),
        (
            "The mean wage is $118K",
            "UNSPECIFIED MEAN 11800000 USD YEAR",
        ),
        (
            "The median is $118K, the average $125K",
            "UNSPECIFIED MEDIAN 11800000 USD YEAR | UNSPECIFIED MEAN 12500000 USD YEAR",
        ),
        (
            "The median is $118K and the best earn more than $150K",
            "UNSPECIFIED MEDIAN 11800000 USD YEAR | UNSPECIFIED MINIMUM 15000000 USD YEAR",
        ),
        (
            "Over five years it was $118K",
            "UNSPECIFIED TYPICAL 11800000 USD YEAR",
        ),
    ]);
}

#[test]
fn levels_are_the_last_ones_named_before_an_amount() {
    for (words, level) in [
        ("Interns", "INTERN"),
        ("A trainee", "INTERN"),
        ("Apprentices", "INTERN"),
        ("Junior staff", "JUNIOR"),
        ("Entry-level staff", "JUNIOR"),
        ("Entry level staff", "JUNIOR"),
        ("Early-career staff", "JUNIOR"),
        ("Graduates", "JUNIOR"),
        ("Newly qualified nurses", "JUNIOR"),
        ("Mid-level staff", "MID"),
        ("Mid-career staff", "MID"),
        ("Intermediate staff", "MID"),
        ("Experienced staff", "SENIOR"),
        ("Lead engineers", "LEAD"),
        ("Team leaders", "LEAD"),
        ("A head of department", "LEAD"),
        ("Supervisors", "LEAD"),
        ("Principals", "PRINCIPAL"),
        ("Senior directors", "DIRECTOR"),
        ("Chief officers", "EXECUTIVE"),
        ("Skills that lead to promotion", "UNSPECIFIED"),
        ("Internal staff with heady ideas", "UNSPECIFIED"),
    ] {
        let wanted = format!("{level} TYPICAL 9000000 USD YEAR");
        assert_eq!(read(&format!("{words} earn $90K")), wanted, "{words}");
    }
}

#[test]
fn periods_stand_after_the_amount_or_before_the_first_one() {
    for (text, wanted) in [
        ("It pays $18 an hour", "HOUR"),
        ("It pays $18/hr", "HOUR"),
        ("It pays $18 hourly", "HOUR"),
        ("It pays $180 per day", "DAY"),
        ("It pays $900 a week", "WEEK"),
        ("It pays $1,800 every fortnight", "BIWEEK"),
        ("It pays $3,900/month", "MONTH"),
        ("It pays $9,000 in total a year", "YEAR"),
        ("It pays $9,000 annually", "YEAR"),
        ("It pays $9,000 per annum", "YEAR"),
        ("It pays $9,000 p.a. on average", "YEAR"),
        ("The monthly wage is $3,900", "MONTH"),
        ("Annual pay is $9,000", "YEAR"),
        ("It pays $9,000", "-"),
        ("It pays $10,000", "YEAR"),
        ("It pays $9K", "YEAR"),
        ("It pays $18 to people who work for a year", "-"),
    ] {
        assert!(
            read(text).ends_with(&format!(" {wanted}")),
            "{text}: {}",
            read(text)
        );
    }
    let two = "UNSPECIFIED TYPICAL 1800 USD HOUR | UNSPECIFIED TYPICAL 3744000 USD YEAR";
    check(&[("It pays $18 an hour, $37,440 a year", two)]);
}

#[test]
fn clauses_are_quoted_without_their_full_stop() {
    let text = "The median is $118K; seniors earn up to $1.5M. Others do not.";
    let quotes: Vec<_> = in_prose(text)
        .into_iter()
        .filter_map(|o| o.source_text)
        .collect();
    assert_eq!(quotes, ["The median is $118K", "seniors earn up to $1.5M"]);
    let quotes: Vec<_> = in_fact(text)
        .into_iter()
        .filter_map(|o| o.source_text)
        .collect();
    let whole = "The median is $118K; seniors earn up to $1.5M. Others do not";
    assert_eq!(quotes, [whole, whole]);
}

#[test]
fn reading_stops_beyond_the_limit() {
    let mut found = Vec::new();
    super::in_prose(&"$18 ".repeat(1_000), 10, &mut found);
    assert_eq!(found.len(), 11);
}
