//! The role at a glance.

use async_graphql::{Enum, ID, Object, SimpleObject};
use domain::Stored;
use domain::id::FactId;
use domain::role::FactKey as Key;
use gateway_macros::{Written, written};

use crate::cost;

/// The facts that a reader wants to see first.
pub(super) struct RoleGlance<'t>(pub(super) &'t [Stored<FactId, domain::role::Fact>]);

impl RoleGlance<'_> {
    fn first(&self, key: Key) -> Option<&domain::role::Fact> {
        let found = self.0.iter().find(|fact| fact.key == key);
        found.map(|fact| &fact.value)
    }

    fn text(&self, key: Key) -> Option<&str> {
        self.first(key).map(|fact| fact.text.as_str())
    }
}

/// The facts that a reader wants to see first. Named facts are texts for display; `facts` has all
/// of them, with lists taken apart.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl RoleGlance<'_> {
    /// The education that people in the role usually have; null when it is not known.
    fn typical_education(&self) -> Option<&str> {
        self.text(Key::TypicalEducation)
    }

    /// The experience that people in the role usually have; null when it is not known.
    fn typical_experience(&self) -> Option<&str> {
        self.text(Key::TypicalExperience)
    }

    /// The certifications that count; null when none are known.
    fn key_certifications(&self) -> Option<&str> {
        self.text(Key::KeyCertifications)
    }

    /// The kinds of employers that most people in the role work for; null when they are not
    /// known.
    fn top_employer_types(&self) -> Option<&str> {
        self.text(Key::TopEmployers)
    }

    /// How demand for the role develops; null when it is not known.
    fn growth_outlook(&self) -> Option<&str> {
        self.text(Key::GrowthOutlook)
    }

    /// What artificial intelligence changes for the role; null when nobody has written it.
    fn ai_impact(&self) -> Option<AiImpact> {
        let fact = self.first(Key::AiImpact)?;
        Some(AiImpact {
            horizon_year: fact.horizon_year,
            text: fact.text.clone(),
        })
    }

    /// All facts in editorial order, those with a field of their own included.
    #[graphql(directive = cost::BoundedList::apply())]
    fn facts(&self) -> Vec<Fact<'_>> {
        self.0.iter().map(Fact).collect()
    }
}

/// What artificial intelligence changes for a role.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct AiImpact {
    /// The year up to which the statement looks; null when it names none.
    horizon_year: Option<u16>,
    /// The statement.
    text: String,
}

/// One short labelled fact about a role.
pub(super) struct Fact<'t>(pub(super) &'t Stored<FactId, domain::role::Fact>);

/// One short labelled fact about a role.
#[written]
#[Object]
impl Fact<'_> {
    /// The id of the fact.
    fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What the fact is about.
    fn key(&self) -> FactKey {
        self.0.key.into()
    }

    /// The label as the page writes it.
    fn label(&self) -> &str {
        &self.0.label
    }

    /// The fact itself.
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The single entries of certifications and employers; empty for other facts.
    fn items(&self) -> Vec<String> {
        self.0.items()
    }

    /// The year up to which the statement looks; null when the label names none.
    fn horizon_year(&self) -> Option<u16> {
        self.0.horizon_year
    }
}

/// What a fact is about.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::FactKey")]
pub(super) enum FactKey {
    /// The education that people usually have.
    TypicalEducation,
    /// The experience that people usually have.
    TypicalExperience,
    /// The certifications that count.
    KeyCertifications,
    /// The kinds of employers.
    TopEmployers,
    /// How demand develops.
    GrowthOutlook,
    /// What artificial intelligence changes.
    AiImpact,
    /// What people usually earn.
    TypicalPay,
    /// How much preparation the work needs.
    JobZone,
    /// The training that follows after being hired.
    OnTheJobTraining,
    /// How many people do the work.
    NumberOfJobs,
    /// How the number of people who do the work changes.
    EmploymentChange,
    /// Whether law regulates the profession.
    RegulatedProfession,
    /// Something else, which the label names.
    Custom,
}
