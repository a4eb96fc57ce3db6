//! When a document is the same document, and what it is stored as.

use app::StoreAction;
use domain::read::{RoleBy, RoleParts};

use crate::document::full;
use crate::on_both_engines;

on_both_engines! {
    async fn a_stored_document_is_read_back_as_it_was(board) {
        let draft = full("harbour-master");
        let stored = board.store(&draft).await;
        assert_eq!(stored.action, StoreAction::Created);
        let by = RoleBy::Id(stored.id);
        let tree = board.database().reads().find_role(&by, &RoleParts::document()).await.unwrap();
        assert_eq!(tree.unwrap().to_draft().unwrap(), draft);
    }
}
