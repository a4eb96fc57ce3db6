//! What one role, category, skill or concept may hold. The caps bound every read, because children are returned whole.

/// The write-time caps; see [`ContentLimits::default`] for the values in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentLimits {
    /// Bytes of one role document.
    pub document_bytes: usize,
    /// Characters of a title, category name, heading, label or term.
    pub title_chars: usize,
    /// Bytes of a summary.
    pub summary_bytes: usize,
    /// Bytes of the body of a section, of a cover letter or of a lead text.
    pub section_bytes: usize,
    /// Characters of a question.
    pub question_chars: usize,
    /// Bytes of an answer.
    pub answer_bytes: usize,
    /// Characters of a duty, a qualification item, a fact or a label of a concept.
    pub item_chars: usize,
    /// Duties of a role.
    pub duties: usize,
    /// Glance facts of a role.
    pub facts: usize,
    /// FAQs of a role.
    pub faqs: usize,
    /// Sections of a role.
    pub sections: usize,
    /// Qualification groups of a role.
    pub groups: usize,
    /// Items of a qualification group.
    pub group_items: usize,
    /// Categories of a role, levels of a category path, concepts right above a concept.
    pub categories: usize,
    /// Alternate titles of a role; labels and notes of a concept.
    pub titles: usize,
    /// Skills of a role.
    pub skills: usize,
    /// Related roles of a role, related concepts of a concept.
    pub relations: usize,
    /// External codes of a role, predecessors of a concept.
    pub codes: usize,
    /// Salary observations of a role.
    pub salaries: usize,
    /// Distributions of a role, answers of one, activities of a duty and sources of a title.
    pub distributions: usize,
    /// Other spellings of a skill.
    pub aliases: usize,
}

impl Default for ContentLimits {
    fn default() -> Self {
        Self {
            document_bytes: 1 << 20,
            title_chars: 200,
            summary_bytes: 8 << 10,
            section_bytes: 64 << 10,
            question_chars: 300,
            answer_bytes: 16 << 10,
            item_chars: 2_000,
            duties: 500,
            facts: 64,
            faqs: 100,
            sections: 64,
            groups: 64,
            group_items: 200,
            categories: 16,
            titles: 10_000,
            skills: 5_000,
            relations: 1_000,
            codes: 200,
            salaries: 500,
            distributions: 64,
            aliases: 100,
        }
    }
}

impl ContentLimits {
    /// The largest factor by which an operator may raise the caps.
    pub const MAX_FACTOR: usize = 4;

    /// All caps multiplied by `factor`, which is clamped to 1 … [`Self::MAX_FACTOR`].
    #[must_use]
    pub fn scaled(self, factor: usize) -> Self {
        let by = |cap: usize| cap * factor.clamp(1, Self::MAX_FACTOR);
        Self {
            document_bytes: by(self.document_bytes),
            title_chars: by(self.title_chars),
            summary_bytes: by(self.summary_bytes),
            section_bytes: by(self.section_bytes),
            question_chars: by(self.question_chars),
            answer_bytes: by(self.answer_bytes),
            item_chars: by(self.item_chars),
            duties: by(self.duties),
            facts: by(self.facts),
            faqs: by(self.faqs),
            sections: by(self.sections),
            groups: by(self.groups),
            group_items: by(self.group_items),
            categories: by(self.categories),
            titles: by(self.titles),
            skills: by(self.skills),
            relations: by(self.relations),
            codes: by(self.codes),
            salaries: by(self.salaries),
            distributions: by(self.distributions),
            aliases: by(self.aliases),
        }
    }
}
