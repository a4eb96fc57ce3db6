//! Who may ask for what, as data.
//!
//! Every field of the roots of the graph, and of each type that is not for everybody, has its rule
//! here. A resolver keeps it with [`crate::write::Call::require`], before it looks at anything
//! else, and the reads of the catalogue by their audience; the tests compare what is kept with what
//! is said, and fail for a field without a rule. Nothing but tests reads the rules.

use domain::access::Scope;

/// What a field asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Nothing; everybody gets the same.
    Everybody,
    /// Nothing; everybody gets what is about themselves.
    Themselves,
    /// Nothing; roles that are not published are there only for callers with `roles:write`.
    Audience,
    /// A scope, else the field fails with `UNAUTHENTICATED` or `FORBIDDEN`.
    Needs(Scope),
}

/// The rules, by type and field; `docs/access.md` has the same list for readers.
pub(crate) const RULES: &[(&str, Rule)] = &[
    ("Query.categories", Rule::Audience),
    ("Query.category", Rule::Audience),
    ("Query.changes", Rule::Needs(Scope::ChangesRead)),
    ("Query.concept", Rule::Audience),
    ("Query.faqs", Rule::Audience),
    ("Query.keys", Rule::Needs(Scope::KeysManage)),
    ("Query.node", Rule::Audience),
    ("Query.nodes", Rule::Audience),
    ("Query.resolveTitle", Rule::Everybody),
    ("Query.resolveTitles", Rule::Everybody),
    ("Query.role", Rule::Audience),
    ("Query.roles", Rule::Audience),
    ("Query.scheme", Rule::Audience),
    ("Query.schemes", Rule::Audience),
    ("Query.search", Rule::Everybody),
    ("Query.server", Rule::Everybody),
    ("Query.skill", Rule::Audience),
    ("Query.skills", Rule::Audience),
    ("Query.suggest", Rule::Everybody),
    ("Query.viewer", Rule::Themselves),
    ("Mutation.categoryCreate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.categoryDelete", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.categoryMove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.categoryUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.dutyAdd", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.dutyMove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.dutyRemove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.dutyUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.factAdd", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.factMove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.factRemove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.factUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.faqAdd", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.faqMove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.faqRemove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.faqUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.keyCreate", Rule::Needs(Scope::KeysManage)),
    ("Mutation.keyRevoke", Rule::Needs(Scope::KeysManage)),
    ("Mutation.keyRotate", Rule::Needs(Scope::KeysManage)),
    ("Mutation.qualificationAdd", Rule::Needs(Scope::RolesWrite)),
    (
        "Mutation.qualificationGroupAdd",
        Rule::Needs(Scope::RolesWrite),
    ),
    (
        "Mutation.qualificationGroupMove",
        Rule::Needs(Scope::RolesWrite),
    ),
    (
        "Mutation.qualificationGroupRemove",
        Rule::Needs(Scope::RolesWrite),
    ),
    (
        "Mutation.qualificationGroupUpdate",
        Rule::Needs(Scope::RolesWrite),
    ),
    ("Mutation.qualificationMove", Rule::Needs(Scope::RolesWrite)),
    (
        "Mutation.qualificationRemove",
        Rule::Needs(Scope::RolesWrite),
    ),
    (
        "Mutation.qualificationUpdate",
        Rule::Needs(Scope::RolesWrite),
    ),
    ("Mutation.roleArchive", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.roleCreate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.roleDelete", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.rolePublish", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.roleRestore", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.roleUnpublish", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.roleUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.rolesUpsert", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.sectionAdd", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.sectionMove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.sectionRemove", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.sectionUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.skillCreate", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.skillDelete", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.skillMerge", Rule::Needs(Scope::RolesWrite)),
    ("Mutation.skillUpdate", Rule::Needs(Scope::RolesWrite)),
    ("Subscription.changes", Rule::Needs(Scope::ChangesRead)),
    ("Subscription.roleChanged", Rule::Everybody),
];

mod tests;
