//! Closed lists of words: the code kept in the database, the word on the screen.

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
            fn from(word: $name) -> Self { Self::from(word.code()) }
        }
    };
}
pub(crate) use words;
