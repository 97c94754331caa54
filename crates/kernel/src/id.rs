//! Typed ids: a person's id is never taken for a unit's.
//!
//! Ids are UUID version 7, made by the program, so that they sort by time and
//! need no round trip. Ballots have none: an id that sorts by time would tell
//! in which order people voted.

/// Declares id types, each a newtype over [`uuid::Uuid`].
#[macro_export]
macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub ::uuid::Uuid);
        impl $name {
            /// A fresh id that sorts after those made before it.
            #[must_use]
            #[allow(clippy::new_without_default, reason = "a fresh id is not a default")]
            pub fn new() -> Self { Self(::uuid::Uuid::now_v7()) }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { self.0.fmt(f) }
        }
        impl ::std::str::FromStr for $name {
            type Err = ::uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { ::uuid::Uuid::parse_str(text).map(Self) }
        }
        impl From<$name> for ::uuid::Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )+};
}

typed_id! {
    /// A person: staff of the Office or anybody else who may be rewarded.
    PersonId,
    /// A unit of the Office, or an agency outside it.
    UnitId,
    /// An account that signs in.
    AccountId,
}
