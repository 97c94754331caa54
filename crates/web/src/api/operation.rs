//! What a door of the API takes and gives, from the types themselves.

use axum::http::Method;
use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema};

use crate::doors::Need;

/// Writes the schema of a type.
pub type Write = fn(&mut SchemaGenerator) -> Schema;

/// A door of the API as its description tells of it.
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: &'static str,
    /// Who may pass.
    pub need: Need,
    /// What it does, in Vietnamese.
    pub summary: &'static str,
    /// What stands in the query.
    pub query: Option<Write>,
    /// What stands in the body.
    pub body: Option<Write>,
    /// Whether the body is a file: a sheet by itself, or in the field `file` of a form.
    pub file: bool,
    /// What is answered.
    pub gives: Option<Write>,
    /// The status of a good answer.
    pub status: u16,
    /// Whether the answer carries the version as an `ETag`.
    pub versioned: bool,
    /// Whether the version that was seen must come as `If-Match`.
    pub needs_version: bool,
}

impl Operation {
    /// Something to read.
    #[must_use]
    pub fn get(path: &'static str, need: Need, summary: &'static str) -> Self {
        Self::new(Method::GET, path, need, summary, 200)
    }

    /// Something to do that makes nothing new.
    #[must_use]
    pub fn post(path: &'static str, need: Need, summary: &'static str) -> Self {
        Self::new(Method::POST, path, need, summary, 200)
    }

    /// Something to make.
    #[must_use]
    pub fn make(path: &'static str, need: Need, summary: &'static str) -> Self {
        Self::new(Method::POST, path, need, summary, 201)
    }

    fn new(method: Method, path: &'static str, need: Need, summary: &'static str, status: u16) -> Self {
        let (query, body, gives) = (None, None, None);
        let (file, versioned, needs_version) = (false, false, false);
        Self { method, path, need, summary, query, body, file, gives, status, versioned, needs_version }
    }

    /// Takes these values from the query.
    #[must_use]
    pub fn asks<T: JsonSchema>(mut self) -> Self {
        self.query = Some(T::json_schema);
        self
    }

    /// Takes this body.
    #[must_use]
    pub fn takes<T: JsonSchema>(mut self) -> Self {
        self.body = Some(|generator| generator.subschema_for::<T>());
        self
    }

    /// Takes a sheet: by itself as CSV or XLSX, or in the field `file` of a form.
    #[must_use]
    pub fn takes_file(mut self) -> Self {
        self.file = true;
        self
    }

    /// Gives this answer.
    #[must_use]
    pub fn gives<T: JsonSchema>(mut self) -> Self {
        self.gives = Some(|generator| generator.subschema_for::<T>());
        self
    }

    /// The answer carries the version as an `ETag`.
    #[must_use]
    pub fn versioned(mut self) -> Self {
        self.versioned = true;
        self
    }

    /// The version that was seen must come as `If-Match`.
    #[must_use]
    pub fn needs_version(mut self) -> Self {
        self.needs_version = true;
        self.versioned = true;
        self
    }
}
