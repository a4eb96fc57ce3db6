//! What can go wrong, sorted by fault: the caller's or ours.

mod api_error;
mod code;
mod graph_error;

pub(crate) use api_error::ApiError;
pub(crate) use code::{ErrorCode, Reason};
pub(crate) use graph_error::{GraphError, MAX_ERRORS};

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_documentation_has_a_place_for_every_code_and_no_other() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
        let text = std::fs::read_to_string(file).unwrap();
        let mut documented: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("### "))
            .collect();
        let mut known: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
        documented.sort_unstable();
        known.sort_unstable();
        assert_eq!(documented, known);
    }

    #[test]
    fn an_error_links_to_its_place() {
        let error = GraphError::new(ErrorCode::LimitTokens, "x");
        let error = serde_json::to_value(error).unwrap();
        let link = error["extensions"]["documentationUrl"].as_str().unwrap();
        assert!(link.ends_with("/docs/errors.md#limit_tokens"), "{link}");
    }
}
