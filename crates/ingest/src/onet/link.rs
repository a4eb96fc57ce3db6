//! Occupations that are like each other.

use dataset::onet::{Profile, Tier};
use domain::role::{Nearness, RelatedSlug, RelationKind};

use super::Slugs;

/// The related occupations of the release, the nearest ones first.
pub(super) fn related(profile: &Profile, slugs: &Slugs) -> Vec<RelatedSlug> {
    let mut related: Vec<_> = profile.related.iter().collect();
    related.sort_by_key(|related| related.index);
    let related = related.into_iter().filter_map(|related| {
        Some(RelatedSlug {
            nearness: Some(match related.tier {
                Tier::PrimaryShort => Nearness::Nearest,
                Tier::PrimaryLong => Nearness::Near,
                Tier::Supplemental => Nearness::Further,
            }),
            ..RelatedSlug::new(RelationKind::Similar, slugs.get(related.code)?.clone())
        })
    });
    related.collect()
}
