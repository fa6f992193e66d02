//! JSON, taken apart into columns as Parquet wants them.
//!
//! Beside its value, a column says for each how much of the path to it is there (its definition), and at which list of
//! the path it goes on, not begins (its repetition). So a list of structs of lists becomes flat columns, and can be put
//! together again.

use std::io;

use chrono::{DateTime, Utc};
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;
use parquet::schema::types::Type;
use serde_json::Value;

/// The columns of a schema, in its order, and their values.
#[derive(Default)]
pub(super) struct Columns {
    fields: Vec<Field>,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
}

/// A key of the JSON: where its value goes.
struct Field {
    name: String,
    is_optional: bool,
    kind: Kind,
}

enum Kind {
    /// Into one column.
    Leaf(usize),
    /// Each of its own keys into its own.
    Struct(Vec<Field>),
    /// Each of its items into the same.
    List(Box<Field>),
}

/// A column at work.
pub(super) struct Column {
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Number(Vec<i64>),
    /// Microseconds since 1970, UTC.
    Time(Vec<i64>),
    Flag(Vec<bool>),
}

/// The position of a value in a row.
#[derive(Clone, Copy, Default)]
struct Level {
    definition: i16,
    repetition: i16,
    /// How many lists there are around it.
    lists: i16,
}

impl Columns {
    /// The columns of a schema.
    pub(super) fn from_schema(schema: &Type) -> Self {
        let mut columns = Vec::new();
        let fields = schema.get_fields().iter().map(|of| field(of, &mut columns)).collect();
        Self { fields, columns, rows: 0, bytes: 0 }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: &Value) -> io::Result<()> {
        self.rows += 1;
        for field in &self.fields {
            field.push(row.get(&field.name), Level::default(), &mut self.columns, &mut self.bytes)?;
        }
        Ok(())
    }

    /// About how many bytes are in the columns.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Returns the values of the columns, and empties them.
    pub(super) fn take(&mut self) -> Vec<Column> {
        (self.rows, self.bytes) = (0, 0);
        let empty = self.columns.iter().map(Column::to_empty).collect();
        std::mem::replace(&mut self.columns, empty)
    }
}

/// The field of a type; its columns are added to `columns`.
fn field(of: &Type, columns: &mut Vec<Column>) -> Field {
    let info = of.get_basic_info();
    let kind = match of {
        Type::PrimitiveType { physical_type, .. } => {
            let values = match (physical_type, info.logical_type_ref()) {
                (Physical::INT64, Some(LogicalType::Timestamp { .. })) => Values::Time(vec![]),
                (Physical::INT64, _) => Values::Number(vec![]),
                (Physical::BOOLEAN, _) => Values::Flag(vec![]),
                _ => Values::Text(vec![]),
            };
            columns.push(Column { values, definitions: vec![], repetitions: vec![] });
            Kind::Leaf(columns.len() - 1)
        }
        // A list is a group of a repeated group of its element.
        Type::GroupType { fields, .. } if info.converted_type() == ConvertedType::LIST => {
            Kind::List(Box::new(field(&fields[0].get_fields()[0], columns)))
        }
        Type::GroupType { fields, .. } => Kind::Struct(fields.iter().map(|of| field(of, columns)).collect()),
    };
    Field { name: of.name().to_owned(), is_optional: info.repetition() == Repetition::OPTIONAL, kind }
}

impl Field {
    /// Puts a value, or that there is none, into the columns below.
    fn push(&self, value: Option<&Value>, at: Level, to: &mut [Column], bytes: &mut usize) -> io::Result<()> {
        let value = value.filter(|value| !value.is_null());
        let at = Level { definition: at.definition + i16::from(self.is_optional && value.is_some()), ..at };
        match (&self.kind, value) {
            (_, None) if !self.is_optional => return Err(schema_mismatch(&self.name)),
            (_, None) => self.push_nothing(at, to),
            (Kind::Leaf(column), Some(value)) => {
                to[*column].mark(at);
                *bytes += to[*column].values.push(value).ok_or_else(|| schema_mismatch(&self.name))? + 4;
            }
            (Kind::Struct(fields), Some(value)) => {
                fields.iter().try_for_each(|field| field.push(value.get(&field.name), at, to, bytes))?;
            }
            (Kind::List(item), Some(value)) => {
                match value.as_array().ok_or_else(|| schema_mismatch(&self.name))?.as_slice() {
                    [] => item.push_nothing(at, to),
                    values => values.iter().enumerate().try_for_each(|(index, value)| {
                        let repetition = if index == 0 { at.repetition } else { at.lists + 1 };
                        let at = Level { definition: at.definition + 1, repetition, lists: at.lists + 1 };
                        item.push(Some(value), at, to, bytes)
                    })?,
                }
            }
        }
        Ok(())
    }

    /// Says in all columns below that there is nothing from here on.
    fn push_nothing(&self, at: Level, to: &mut [Column]) {
        match &self.kind {
            Kind::Leaf(column) => to[*column].mark(at),
            Kind::Struct(fields) => fields.iter().for_each(|field| field.push_nothing(at, to)),
            Kind::List(item) => item.push_nothing(at, to),
        }
    }
}

fn schema_mismatch(name: &str) -> io::Error {
    io::Error::other(format!("{name} is not as the schema of Parquet says"))
}

impl Values {
    /// Adds a value, and returns how many bytes it has.
    fn push(&mut self, value: &Value) -> Option<usize> {
        match self {
            Self::Text(values) => values.push(value.as_str()?.into()),
            Self::Number(values) => values.push(value.as_i64()?),
            Self::Time(values) => values.push(value.as_str()?.parse::<DateTime<Utc>>().ok()?.timestamp_micros()),
            Self::Flag(values) => values.push(value.as_bool()?),
        }
        Some(value.as_str().map_or(8, str::len))
    }
}

impl Column {
    fn mark(&mut self, at: Level) {
        self.definitions.push(at.definition);
        self.repetitions.push(at.repetition);
    }

    fn to_empty(&self) -> Self {
        let values = match self.values {
            Values::Text(_) => Values::Text(vec![]),
            Values::Number(_) => Values::Number(vec![]),
            Values::Time(_) => Values::Time(vec![]),
            Values::Flag(_) => Values::Flag(vec![]),
        };
        Self { values, definitions: vec![], repetitions: vec![] }
    }

    /// Writes all its values.
    pub(super) fn write(&self, to: &mut SerializedColumnWriter) -> Result<()> {
        let (definitions, repetitions) = (Some(self.definitions.as_slice()), Some(self.repetitions.as_slice()));
        match &self.values {
            Values::Text(values) => to.typed::<ByteArrayType>().write_batch(values, definitions, repetitions)?,
            Values::Number(values) | Values::Time(values) => {
                to.typed::<Int64Type>().write_batch(values, definitions, repetitions)?
            }
            Values::Flag(values) => to.typed::<BoolType>().write_batch(values, definitions, repetitions)?,
        };
        Ok(())
    }
}
