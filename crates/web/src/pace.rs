//! How often one address may knock at a door that takes a secret: a password, a link, a code on paper.
//!
//! An account locks by itself after wrong passwords; the pace keeps one address from trying them on all
//! accounts, and from keeping the machine busy with hashing. Numbers and reasons: docs/decisions/0016.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use crate::page::Refusal;

/// So many knocks at once: a whole office behind one address on a Monday morning gets in.
pub(crate) const AT_ONCE: u32 = 60;
/// Afterwards one knock in this time.
const THEN_ONE_IN: Duration = Duration::from_secs(1);

/// How often callers are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(120);

type Limiter = governor::RateLimiter<
    IpAddr,
    governor::state::keyed::DefaultKeyedStateStore<IpAddr>,
    governor::clock::DefaultClock,
    governor::middleware::NoOpMiddleware,
>;

/// The pace of one door.
pub(crate) type Pace = GovernorLayer<Caller, governor::middleware::NoOpMiddleware, Body>;

/// A fresh count for one door that may be knocked at so often in one go; `behind_proxy` as in [`office::House`].
pub(crate) fn pace(behind_proxy: bool, at_once: u32) -> Pace {
    GovernorLayer::new(config(behind_proxy, at_once)).error_handler(|error| match error {
        GovernorError::TooManyRequests { wait_time, .. } => too_often(wait_time.max(1)),
        other => Refusal::broken(&other).into_response(),
    })
}

/// The answer to whoever knocked too often, with the time to come back.
pub(crate) fn too_often(seconds: u64) -> Response {
    let mut response = Refusal::too_often(seconds).into_response();
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn config(behind_proxy: bool, at_once: u32) -> GovernorConfig<Caller, governor::middleware::NoOpMiddleware> {
    let config = GovernorConfigBuilder::default()
        .key_extractor(Caller::new(behind_proxy))
        .period(THEN_ONE_IN)
        .burst_size(at_once.max(1))
        .finish()
        .expect("neither number is zero");
    forget_the_quiet(Arc::downgrade(config.limiter()));
    config
}

/// The pace of wrong access tokens: counted only when one is wrong, so that a busy program with a right one
/// never waits.
#[derive(Clone)]
pub(crate) struct Wrong {
    limiter: Arc<Limiter>,
    caller: Caller,
}

impl Wrong {
    /// A fresh count; `behind_proxy` as in [`office::House`].
    pub(crate) fn new(behind_proxy: bool) -> Self {
        Self { limiter: Arc::clone(config(behind_proxy, AT_ONCE).limiter()), caller: Caller::new(behind_proxy) }
    }

    /// Counts a wrong token; says after how many seconds to come back when there were too many.
    pub(crate) fn knock<T>(&self, request: &Request<T>) -> Result<(), u64> {
        let Ok(caller) = self.caller.extract(request) else { return Ok(()) };
        let now = governor::clock::Clock::now(self.limiter.clock());
        self.limiter.check_key(&caller).map_err(|not_yet| not_yet.wait_time_from(now).as_secs().max(1))
    }
}

/// Forgets callers who may knock as often as ever again, as long as the door is there: what is counted in
/// memory does not grow with the addresses that ever came.
fn forget_the_quiet(limiter: Weak<Limiter>) {
    // Without a runtime there is nobody who could knock.
    let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
    runtime.spawn(async move {
        loop {
            tokio::time::sleep(FORGET_EVERY).await;
            let Some(limiter) = limiter.upgrade() else { return };
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    });
}

/// Who knocks: the address of the caller, never stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    behind_proxy: bool,
}

impl Caller {
    /// `behind_proxy` as in [`office::House`].
    pub(crate) fn new(behind_proxy: bool) -> Self {
        Self { behind_proxy }
    }
}

impl KeyExtractor for Caller {
    type Key = IpAddr;

    /// Requests that come without a socket (tests of the router) count as one caller.
    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|address| address.ip());
        let forwarded = || {
            let names = request.headers().get_all("x-forwarded-for");
            let last = names.iter().next_back()?.to_str().ok()?.rsplit(',').next()?;
            last.trim().parse().ok()
        };
        let caller = if self.behind_proxy { forwarded().or(peer) } else { peer };
        Ok(caller.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), whole_network))
    }
}

/// An IPv6 caller owns a whole /64 and may change within it at will.
fn whole_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(behind_proxy: bool, forwarded: &[&'static str]) -> String {
        let mut request = Request::new(());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 7], 443))));
        for line in forwarded {
            request.headers_mut().append("x-forwarded-for", HeaderValue::from_static(line));
        }
        Caller::new(behind_proxy).extract(&request).expect("always known").to_string()
    }

    #[test]
    fn only_what_the_proxy_itself_wrote_is_believed() {
        assert_eq!(caller(false, &["203.0.113.9"]), "10.0.0.7");
        assert_eq!(caller(true, &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(caller(true, &["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(caller(true, &["198.51.100.1", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(caller(true, &["not an address"]), "10.0.0.7");
        assert_eq!(caller(true, &[]), "10.0.0.7");
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        assert_eq!(caller(true, &["2001:db8:1:2:3:4:5:6"]), "2001:db8:1:2::");
        assert_eq!(caller(true, &["::ffff:203.0.113.9"]), "203.0.113.9");
    }
}
