//! schema.org data of a role: an `Occupation` and, when it has questions, a `FAQPage`.
//!
//! Only what the document says is written: no guessed place, no guessed currency, no number that
//! stands nowhere on the page.

mod occupation;
mod salary;

use domain::role::{Faq, RoleDraft};
use serde_json::{Map, Value, json};

/// The structured data of a role as one JSON-LD document.
#[must_use]
pub fn document(draft: &RoleDraft) -> Value {
    let mut graph = vec![occupation::occupation(draft)];
    if !draft.faqs.is_empty() {
        graph.push(faq_page(draft));
    }
    json!({ "@context": "https://schema.org", "@graph": graph })
}

/// JSON that may stand inside of a `<script>` element: nothing in it can end the element.
#[must_use]
pub fn to_inline_html(value: &Value) -> String {
    let mut html = value.to_string();
    for (c, escaped) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        html = html.replace(c, escaped);
    }
    html
}

fn faq_page(draft: &RoleDraft) -> Value {
    let question = |Faq { question, answer }: &Faq| {
        json!({
            "@type": "Question",
            "name": question,
            "acceptedAnswer": { "@type": "Answer", "text": answer },
        })
    };
    let questions: Vec<Value> = draft.faqs.iter().map(question).collect();
    json!({
        "@type": "FAQPage",
        "name": draft.title,
        "inLanguage": draft.locale.as_str(),
        "mainEntity": questions,
    })
}

/// Adds a property unless there is nothing to say.
fn put(object: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), value);
    }
}

/// A list of texts, or nothing when it is empty.
fn texts<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Option<Value> {
    let items: Vec<Value> = items
        .into_iter()
        .map(|item| Value::String(item.into()))
        .collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Slug;
    use domain::money::{Currency, Money};
    use domain::role::salary::{
        Origin, PayPeriod, SalaryObservation, SalaryStatistic, Seniority, ValueQuality,
    };
    use domain::role::{Fact, FactKey};
    use domain::source::SourceName;

    fn draft() -> RoleDraft {
        let source = SourceName {
            name: "Test".to_owned(),
            licence: None,
            attribution: None,
        };
        RoleDraft::new(source, Slug::parse("welder").unwrap(), "Welder".to_owned())
    }

    fn salary(statistic: SalaryStatistic, minor_units: i64) -> SalaryObservation {
        SalaryObservation {
            level: Seniority::Unspecified,
            statistic,
            amount: Money {
                minor_units,
                currency: Currency::parse("USD").unwrap(),
            },
            period: Some(PayPeriod::Year),
            quality: ValueQuality::Estimated,
            origin: Origin::Parsed,
            source_text: None,
        }
    }

    #[test]
    fn a_bare_role_is_an_occupation_with_a_name() {
        assert_eq!(
            document(&draft()),
            json!({
                "@context": "https://schema.org",
                "@graph": [{ "@type": "Occupation", "name": "Welder", "inLanguage": "en" }],
            })
        );
    }

    #[test]
    fn facts_pay_and_questions_are_written() {
        let mut draft = draft();
        draft.facts = vec![Fact {
            key: FactKey::TypicalEducation,
            label: "Typical education".to_owned(),
            text: "Apprenticeship".to_owned(),
            horizon_year: None,
        }];
        draft.salaries = vec![
            salary(SalaryStatistic::Median, 5_000_050),
            salary(SalaryStatistic::Maximum, 8_000_000),
        ];
        draft.faqs = vec![Faq {
            question: "Hot?".to_owned(),
            answer: "Yes.".to_owned(),
        }];
        let document = document(&draft);
        let graph = document["@graph"].as_array().unwrap();
        assert_eq!(graph[0]["educationRequirements"], json!("Apprenticeship"));
        assert_eq!(
            graph[0]["estimatedSalary"],
            json!([
                {
                    "@type": "MonetaryAmountDistribution",
                    "name": "base",
                    "currency": "USD",
                    "duration": "P1Y",
                    "median": 50000.5,
                },
                {
                    "@type": "MonetaryAmount",
                    "name": "base",
                    "currency": "USD",
                    "value": {
                        "@type": "QuantitativeValue",
                        "unitText": "YEAR",
                        "maxValue": 80000,
                    },
                },
            ])
        );
        assert_eq!(
            graph[1]["mainEntity"][0]["acceptedAnswer"]["text"],
            json!("Yes.")
        );
    }

    #[test]
    fn predicted_pay_and_amounts_without_a_usual_period_are_left_out() {
        let mut draft = draft();
        let mut predicted = salary(SalaryStatistic::Median, 1);
        predicted.origin = Origin::Predicted;
        let mut once = salary(SalaryStatistic::Median, 1);
        once.period = Some(PayPeriod::Once);
        draft.salaries = vec![predicted, once];
        assert_eq!(document(&draft)["@graph"][0].get("estimatedSalary"), None);
    }

    #[test]
    fn inline_data_cannot_end_its_script_element() {
        let html = to_inline_html(&json!({ "name": "</script>&\u{2028}" }));
        assert_eq!(html, r#"{"name":"\u003c/script\u003e\u0026\u2028"}"#);
        assert_eq!(
            serde_json::from_str::<Value>(&html).unwrap(),
            json!({ "name": "</script>&\u{2028}" })
        );
    }
}
