//! Who is let in, with what the operator has set.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use app::{Access, Issuer, KeySetSource};
use domain::access::GivenKey;
use persistence::Database;

use crate::clock::{SystemClock, SystemIds, SystemSecrets};
use crate::failure::Unusable;
use crate::settings::AccessSettings;

/// A longer file holds no key.
const LONGEST_KEY_FILE: u64 = 1024;

/// The access to a database, which gets its first key if it has none.
pub(crate) async fn open(database: &Database, settings: &AccessSettings) -> anyhow::Result<Access> {
    let issuer = issuer(settings).context(Unusable::Settings)?;
    let first = settings.bootstrap_key_file.as_deref().map(key_in);
    let first = first.transpose().context(Unusable::Settings)?;
    let (clock, ids, secrets) = (SystemClock, SystemIds, SystemSecrets);
    let access = Access::open(database, Arc::new(clock), Arc::new(ids), Arc::new(secrets));
    let access = access.await.context("cannot read the keys")?;
    if let Some(first) = first {
        let taken = access.keys.bootstrap(&first).await;
        if taken.context("cannot store the first key")? {
            tracing::info!(key.id = %first.id, "the database has got its first key");
        }
        let known = access.ring.refresh().await;
        known.context("cannot read the keys")?;
    }
    Ok(Access { issuer, ..access })
}

fn issuer(settings: &AccessSettings) -> anyhow::Result<Option<Issuer>> {
    let Some((file, settings)) = settings.issuer()? else {
        return Ok(None);
    };
    let shown = file.display().to_string();
    let issuer = Issuer::open(settings, KeyFile(file), Arc::new(SystemClock));
    issuer.map(Some).with_context(|| shown)
}

/// A file with a set of keys, which somebody else may replace at any time.
struct KeyFile(PathBuf);

impl KeySetSource for KeyFile {
    fn read(&self) -> io::Result<Vec<u8>> {
        std::fs::read(&self.0)
    }
}

/// The key in a file; what stands there is never repeated.
fn key_in(file: &Path) -> anyhow::Result<GivenKey> {
    let read = || -> anyhow::Result<GivenKey> {
        let length = std::fs::metadata(file)?.len();
        anyhow::ensure!(length <= LONGEST_KEY_FILE, "the file is too long for a key");
        let text = std::fs::read_to_string(file)?;
        Ok(GivenKey::read(text.trim())?)
    };
    read().with_context(|| format!("cannot use the first key in {}", file.display()))
}
