use crate::CallError;
use reqwest::Url;

/// Scheme http or https, host, port; no name, path or query, because nothing of them would be dialled.
pub(super) fn parse(address: &str) -> Result<Url, CallError> {
    let bad = || CallError::BadAddress { text: address.to_owned() };
    let url = Url::parse(address.trim()).map_err(|_| bad())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if plain { Ok(url) } else { Err(bad()) }
}

/// A server on this machine is never behind a proxy.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: Option<&str>) {
        let origin = parse(address).ok().map(|url| url.origin().ascii_serialization());
        assert_eq!(origin.as_deref(), expected, "{address}");
    }

    #[test]
    fn an_address_is_scheme_host_and_port() {
        check("http://127.0.0.1:7000", Some("http://127.0.0.1:7000"));
        check("https://Daybook.Example.com/", Some("https://daybook.example.com"));
        check("https://daybook.example.com:443", Some("https://daybook.example.com"));
        check("daybook.example.com", None);
        check("ftp://daybook.example.com", None);
        check("https://daybook.example.com/acme", None);
        check("https://me:secret@daybook.example.com", None);
        check("", None);
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for (address, expected) in [
            ("http://localhost:1", true),
            ("http://[::1]:1", true),
            ("http://127.9.0.1", true),
            ("http://10.0.0.1", false),
        ] {
            assert_eq!(is_loopback(&parse(address).expect(address)), expected, "{address}");
        }
    }
}
