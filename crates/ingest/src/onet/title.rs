//! Other names of occupations.

use std::collections::HashSet;

use dataset::onet::Profile;
use domain::role::{RoleTitle, TitleKind};

/// The alternate titles, and behind them reported ones that are none of these.
pub(super) fn titles(profile: &Profile) -> Vec<RoleTitle> {
    let alternate = profile.alternate_titles.iter();
    let known: HashSet<&str> = alternate.clone().map(|title| title.text.as_str()).collect();
    let alternate = alternate.map(|title| RoleTitle {
        short_form: title.short.clone(),
        reported: title.reported,
        featured: title.shown_in_my_next_move,
        sources: title.sources.clone(),
        ..RoleTitle::new(title.text.as_str(), TitleKind::Alternate)
    });
    let reported = profile.reported_titles.iter();
    let reported = reported.filter(|title| !known.contains(title.text.as_str()));
    let reported = reported.map(|title| RoleTitle {
        reported: true,
        featured: title.shown_in_my_next_move,
        ..RoleTitle::new(title.text.as_str(), TitleKind::Alternate)
    });
    alternate.chain(reported).collect()
}
