//! Columns of Arrow: values are taken from records, and become arrays. A list of records has columns of its own, so that
//! lists and structs nest as deep as the model does.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder, BooleanBuilder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, TimeUnit};
use chrono::{DateTime, Utc};

/// A named column of values that are taken from records `T`.
pub(super) struct Column<T> {
    name: &'static str,
    is_optional: bool,
    values: Box<dyn Values<T>>,
}

/// Where the values of a column are gathered.
trait Values<T> {
    fn data_type(&self) -> DataType;
    /// Adds the value of a record, and returns how many bytes it has.
    fn push(&mut self, record: &T) -> usize;
    /// Returns what was gathered, and begins anew.
    fn take(&mut self) -> Result<ArrayRef, ArrowError>;
}

/// The values of a type: where they are gathered, and how one is found in a record.
struct Leaf<B, F> {
    data_type: DataType,
    to: B,
    push: F,
}

impl<T, B: ArrayBuilder, F: Fn(&mut B, &T) -> usize> Values<T> for Leaf<B, F> {
    fn data_type(&self) -> DataType {
        self.data_type.clone()
    }

    fn push(&mut self, record: &T) -> usize {
        (self.push)(&mut self.to, record)
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(self.to.finish())
    }
}

impl<T: 'static> Column<T> {
    fn new(name: &'static str, values: impl Values<T> + 'static) -> Self {
        Self { name, is_optional: false, values: Box::new(values) }
    }

    /// The column may be null.
    pub(super) fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    pub(super) fn text(name: &'static str, value: for<'r> fn(&'r T) -> Option<Cow<'r, str>>) -> Self {
        let push = move |to: &mut StringBuilder, record: &T| {
            let value = value(record);
            to.append_option(value.as_deref());
            size_of::<i32>() + value.map_or(0, |text| text.len())
        };
        Self::new(name, Leaf { data_type: DataType::Utf8, to: StringBuilder::new(), push })
    }

    pub(super) fn flag(name: &'static str, value: fn(&T) -> Option<bool>) -> Self {
        let push = move |to: &mut BooleanBuilder, record: &T| {
            to.append_option(value(record));
            size_of::<bool>()
        };
        Self::new(name, Leaf { data_type: DataType::Boolean, to: BooleanBuilder::new(), push })
    }

    pub(super) fn number(name: &'static str, value: fn(&T) -> usize) -> Self {
        let push = move |to: &mut Int64Builder, record: &T| {
            // A number of lines or entries is never so large.
            to.append_value(i64::try_from(value(record)).unwrap_or(i64::MAX));
            size_of::<i64>()
        };
        Self::new(name, Leaf { data_type: DataType::Int64, to: Int64Builder::new(), push })
    }

    /// Microseconds since 1970, UTC.
    pub(super) fn time(name: &'static str, value: fn(&T) -> Option<DateTime<Utc>>) -> Self {
        let data_type = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
        let to = TimestampMicrosecondBuilder::new().with_data_type(data_type.clone());
        let push = move |to: &mut TimestampMicrosecondBuilder, record: &T| {
            to.append_option(value(record).map(|time| time.timestamp_micros()));
            size_of::<i64>()
        };
        Self::new(name, Leaf { data_type, to, push })
    }

    /// A list of values, each taken from an item.
    pub(super) fn list<U: 'static>(
        name: &'static str,
        items: for<'r> fn(&'r T) -> Option<&'r [U]>,
        item: Column<U>,
    ) -> Self {
        let (lengths, present) = (Vec::new(), NullBufferBuilder::new(0));
        Self::new(name, List { items, element: Arc::new(item.field()), to: item.values, lengths, present })
    }

    /// A list of structs.
    pub(super) fn structs<U: 'static>(
        name: &'static str,
        items: for<'r> fn(&'r T) -> Option<&'r [U]>,
        columns: Vec<Column<U>>,
    ) -> Self {
        let fields = columns.iter().map(Column::field).collect();
        Self::list(name, items, Column::new("element", Struct { fields, columns }))
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn field(&self) -> Field {
        Field::new(self.name, self.values.data_type(), self.is_optional)
    }

    /// Adds the value of a record, and returns how many bytes it has.
    pub(super) fn push(&mut self, record: &T) -> usize {
        self.values.push(record)
    }

    /// Returns what was gathered, and begins anew.
    pub(super) fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        self.values.take()
    }
}

/// Lists, all items one behind another.
struct List<T, U> {
    items: for<'r> fn(&'r T) -> Option<&'r [U]>,
    element: Arc<Field>,
    to: Box<dyn Values<U>>,
    lengths: Vec<usize>,
    present: NullBufferBuilder,
}

impl<T, U> Values<T> for List<T, U> {
    fn data_type(&self) -> DataType {
        DataType::List(Arc::clone(&self.element))
    }

    fn push(&mut self, record: &T) -> usize {
        let items = (self.items)(record);
        self.present.append(items.is_some());
        let items = items.unwrap_or_default();
        self.lengths.push(items.len());
        size_of::<i32>() + items.iter().map(|item| self.to.push(item)).sum::<usize>()
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        let offsets = OffsetBuffer::from_lengths(self.lengths.drain(..));
        let (items, present) = (self.to.take()?, self.present.finish());
        Ok(Arc::new(ListArray::try_new(Arc::clone(&self.element), offsets, items, present)?))
    }
}

/// Structs: a column for each of their fields.
struct Struct<U> {
    fields: Fields,
    columns: Vec<Column<U>>,
}

impl<U: 'static> Values<U> for Struct<U> {
    fn data_type(&self) -> DataType {
        DataType::Struct(self.fields.clone())
    }

    fn push(&mut self, record: &U) -> usize {
        self.columns.iter_mut().map(|column| column.push(record)).sum()
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        let arrays = self.columns.iter_mut().map(Column::take).collect::<Result<_, _>>()?;
        Ok(Arc::new(StructArray::try_new(self.fields.clone(), arrays, None)?))
    }
}
