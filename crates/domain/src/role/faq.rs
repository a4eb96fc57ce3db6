//! Frequently asked questions.

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Faq {
    /// The question, with its question mark.
    pub question: String,
    /// The answer; blank lines separate paragraphs.
    pub answer: String,
}
