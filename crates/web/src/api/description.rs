//! The description of the API in OpenAPI 3.1, made from the doors and their types.

use std::sync::LazyLock;

use axum::http::Method;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::Operation;
use super::answer::{Given, PROBLEM, Problem, give};
use crate::doors::{Doors, Need};
use crate::files::XLSX;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let here = Operation::get("/api/v1/openapi.json", Need::Public, "Mô tả API này theo OpenAPI 3.1");
    doors.api(here.gives::<Map<String, Value>>(), show)
}

static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| describe(crate::doors().operations()));

async fn show() -> Given {
    give(&*DESCRIPTION)
}

/// Describes operations.
fn describe(operations: &[Operation]) -> Value {
    let mut generator =
        SchemaSettings::draft2020_12().with(|one| one.definitions_path = "/components/schemas".into()).into_generator();
    let problem = generator.subschema_for::<Problem>();
    let mut paths: Map<String, Value> = Map::new();
    for one in operations {
        let entry = paths.entry(one.path).or_insert_with(|| json!({}));
        entry[one.method.as_str().to_lowercase()] = operation(one, &mut generator);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Thi Đua",
            "version": "1",
            "summary": "API của hệ thống quản lý phong trào thi đua",
            "description": "Hướng dẫn: docs/guide/api.md",
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": {
                "problem": {
                    "description": "Vì sao không làm được (RFC 9457)",
                    "content": { PROBLEM: { "schema": problem } },
                },
            },
        },
    })
}

fn operation(one: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> = named_in(one.path)
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    if let Some(query) = one.query {
        let schema = query(generator).to_value();
        let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        for (name, of) in schema["properties"].as_object().into_iter().flatten() {
            parameters.push(json!({ "name": name, "in": "query", "required": required(name), "schema": of }));
        }
    }
    if one.needs_version {
        let schema = json!({ "type": "string", "examples": ["\"1\""] });
        parameters.push(json!({ "name": "If-Match", "in": "header", "required": true, "schema": schema }));
    }
    let mut good = json!({ "description": one.summary });
    if let Some(gives) = one.gives {
        good["content"] = json!({ "application/json": { "schema": gives(generator) } });
    }
    if one.versioned {
        good["headers"] = json!({ "ETag": { "schema": { "type": "string" } } });
    }
    let mut described = json!({
        "operationId": id(one),
        "summary": one.summary,
        "parameters": parameters,
        "responses": { one.status.to_string(): good, "default": { "$ref": "#/components/responses/problem" } },
        "security": if one.need == Need::Public { json!([]) } else { json!([{ "token": [] }]) },
    });
    if let Need::May(permission) = one.need {
        described["x-permission"] = json!(permission.code());
    }
    if let Some(body) = one.body {
        described["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": body(generator) } } });
    }
    if one.file {
        let (text, bytes) = (json!({ "type": "string" }), json!({ "type": "string", "format": "binary" }));
        let form = json!({ "type": "object", "properties": { "file": bytes }, "required": ["file"] });
        described["requestBody"] = json!({ "required": true, "content": {
            "text/csv": { "schema": text },
            XLSX: { "schema": bytes },
            "multipart/form-data": { "schema": form },
        } });
    }
    described
}

/// The names of the values in a path.
fn named_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// A name of its own for each operation: `get_people_person_record`.
fn id(one: &Operation) -> String {
    let place = one.path.trim_start_matches("/api/v1/").replace(['{', '}'], "").replace(['/', '-', '.'], "_");
    let verb = if one.method == Method::GET { "get" } else { "post" };
    format!("{verb}_{place}")
}
