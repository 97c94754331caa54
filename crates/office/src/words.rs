//! Declarations that every room makes: its ids, and its closed lists of words.

/// Declares an enum whose variants each have a stored code and a Vietnamese name.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $vi:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }
        impl $name {
            /// Every one of them, in the order of lists.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The word kept in the database and the API.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// The word on the screen.
            #[must_use]
            pub fn name_vi(self) -> &'static str { match self { $(Self::$variant => $vi),+ } }
            /// Reads the stored word; none for a word that is not ours.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }
        }
        impl From<$name> for $crate::db::Value {
            fn from(word: $name) -> Self { Self::Word(word.code()) }
        }
    };
}

/// Declares id types (see [`kernel::typed_id`]) that a statement takes as a value.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        kernel::typed_id! { $($(#[$doc])* $name),+ }
        $(impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self { Self::Id(Some(id.0)) }
        })+
    };
}

pub(crate) use {ids, words};
