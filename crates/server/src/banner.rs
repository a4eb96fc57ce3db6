//! What a person sees when the server has started.

use std::io::{self, Write};
use std::net::SocketAddr;

use domain::read::Count;

/// The facts of a start.
#[derive(Debug)]
pub(crate) struct Banner<'a> {
    /// Where requests are accepted.
    pub(crate) address: SocketAddr,
    /// The database, without its password.
    pub(crate) database: &'a str,
    /// How many roles the catalogue has.
    pub(crate) roles: Count,
    /// Whether this start filled an empty database.
    pub(crate) filled: bool,
}

impl Banner<'_> {
    /// Writes the banner at once, so that whoever waits for it can go on.
    pub(crate) fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        let Self {
            address,
            database,
            roles,
            filled,
        } = self;
        let more = if roles.at_least { " or more" } else { "" };
        let origin = if *filled { " (demo catalogue)" } else { "" };
        writeln!(output, "Rolegraph {}", env!("CARGO_PKG_VERSION"))?;
        writeln!(output, "  playground  http://{address}/")?;
        writeln!(output, "  graph       http://{address}/graphql")?;
        writeln!(output, "  database    {database}")?;
        writeln!(output, "  roles       {}{more}{origin}", roles.value)?;
        output.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banner_names_address_database_version_and_roles() {
        let banner = Banner {
            address: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: "sqlite://rolegraph.db",
            roles: Count::capped(30),
            filled: true,
        };
        let mut text = Vec::new();
        banner.write(&mut text).unwrap();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            String::from_utf8(text).unwrap(),
            format!(
                "Rolegraph {version}\n  playground  http://127.0.0.1:8080/\n  \
                 graph       http://127.0.0.1:8080/graphql\n  database    sqlite://rolegraph.db\n  \
                 roles       30 (demo catalogue)\n"
            )
        );
    }
}
