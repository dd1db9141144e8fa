//! In which country a network is: read from a database that the administrator supplies, in memory, and asked nobody else.

use maxminddb::{Reader, path};
use newsroom::readings::Country;
use std::net::IpAddr;

/// A database of networks and countries in the MaxMind DB format (<https://maxmind.github.io/MaxMind-DB/>), which several
/// makers publish.
#[derive(Debug)]
pub struct Atlas(Reader<Vec<u8>>);

impl Atlas {
    /// Reads a file whole, and nothing of it when it is another kind of file or holds no countries.
    pub fn read(file: &str) -> Option<Self> {
        let read = Reader::open_readfile(file).map_err(|why| tracing::error!(file, %why, "no database of countries"));
        let atlas = read.ok().filter(|read| read.metadata().node_count > 0)?;
        Some(Self(atlas))
    }
}

impl web::Atlas for Atlas {
    fn country_of(&self, address: IpAddr) -> Option<Country> {
        let code: Option<&str> = self.0.lookup(address).ok()?.decode_path(&path!["country", "iso_code"]).ok()?;
        Country::of(code?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use web::Atlas as _;

    /// Networks for documentation (RFC 5737, RFC 3849), in made-up places.
    const ATLAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/running/countries.mmdb");

    #[test]
    fn a_network_is_in_a_country_or_nowhere_known() {
        let atlas = Atlas::read(ATLAS).expect("a database");
        let of = |address: &str| atlas.country_of(address.parse().unwrap()).map(|country| country.to_string());
        assert_eq!(of("192.0.2.0").as_deref(), Some("DZ"));
        assert_eq!(of("198.51.100.7").as_deref(), Some("MA"));
        assert_eq!(of("2001:db8:1::").as_deref(), Some("FR"));
        for nowhere in ["203.0.113.1", "203.0.113.200", "127.0.0.1", "::1", "2001:db9::"] {
            assert_eq!(of(nowhere), None, "{nowhere}: without a country, with no code, or unknown");
        }
    }

    #[test]
    fn another_file_is_none() {
        assert!(Atlas::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).is_none());
        assert!(Atlas::read("/nowhere").is_none());
    }
}
