//! Columns of Arrow, from which values are read by their number. Whoever wrote them, null is what is not there.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Int32Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray,
};
use chrono::{DateTime, Utc};

use super::error::Problem;
use crate::time::years;

/// Named columns: those of a table, or of a struct.
pub(super) trait Columns {
    fn column(&self, name: &str) -> Option<&ArrayRef>;
}

impl Columns for RecordBatch {
    fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.column_by_name(name)
    }
}

impl Columns for StructArray {
    fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.column_by_name(name)
    }
}

/// Finds a column, and reads it as the type that is needed.
pub(super) fn column<'c, C: TryFrom<&'c ArrayRef>>(columns: &'c impl Columns, name: &str) -> Result<C, Problem> {
    let column = columns.column(name).ok_or_else(|| Problem::Form(format!("there is no column {name}")))?;
    C::try_from(column).map_err(|_| Problem::Form(format!("the column {name} is of type {}", column.data_type())))
}

/// A column of another type.
pub(super) struct OtherType;

macro_rules! read_as {
    ($column:ident, $array:ty, $read:expr) => {
        impl<'c> TryFrom<&'c ArrayRef> for $column<'c> {
            type Error = OtherType;

            fn try_from(array: &'c ArrayRef) -> Result<Self, OtherType> {
                let read: fn(&'c ArrayRef) -> Option<$array> = $read;
                read(array).map(Self).ok_or(OtherType)
            }
        }
    };
}

/// Strings.
pub(super) struct Strings<'c>(&'c StringArray);
read_as!(Strings, &'c StringArray, |array| array.as_string_opt::<i32>());

impl<'c> Strings<'c> {
    pub(super) fn get(&self, at: usize) -> Option<&'c str> {
        self.0.is_valid(at).then(|| self.0.value(at))
    }

    pub(super) fn owned(&self, at: usize) -> Option<String> {
        self.get(at).map(str::to_owned)
    }

    /// The text, where null is none as well.
    pub(super) fn text(&self, at: usize) -> String {
        self.get(at).unwrap_or_default().to_owned()
    }
}

/// Truth values.
pub(super) struct Flags<'c>(&'c BooleanArray);
read_as!(Flags, &'c BooleanArray, |array| array.as_boolean_opt());

impl Flags<'_> {
    pub(super) fn get(&self, at: usize) -> bool {
        self.0.is_valid(at) && self.0.value(at)
    }
}

/// Numbers from 0, of 32 bits or 64.
pub(super) struct Numbers<'c>(AnyNumbers<'c>);

enum AnyNumbers<'c> {
    Int32(&'c Int32Array),
    Int64(&'c Int64Array),
}

read_as!(Numbers, AnyNumbers<'c>, |array| {
    let short = array.as_primitive_opt::<Int32Type>().map(AnyNumbers::Int32);
    short.or_else(|| array.as_primitive_opt::<Int64Type>().map(AnyNumbers::Int64))
});

impl Numbers<'_> {
    pub(super) fn get(&self, at: usize) -> Result<usize, Problem> {
        let number = match self.0 {
            AnyNumbers::Int32(array) => array.is_valid(at).then(|| array.value(at).into()),
            AnyNumbers::Int64(array) => array.is_valid(at).then(|| array.value(at)),
        };
        let number = number.unwrap_or_default();
        usize::try_from(number).map_err(|_| Problem::Form(format!("{number} is no number of an entry or a line")))
    }
}

/// Instants, in whatever unit.
pub(super) struct Times<'c>(AnyTimes<'c>);

enum AnyTimes<'c> {
    Millis(&'c TimestampMillisecondArray),
    Micros(&'c TimestampMicrosecondArray),
    Nanos(&'c TimestampNanosecondArray),
}

read_as!(Times, AnyTimes<'c>, |array| {
    let micros = array.as_primitive_opt::<TimestampMicrosecondType>().map(AnyTimes::Micros);
    let millis = || array.as_primitive_opt::<TimestampMillisecondType>().map(AnyTimes::Millis);
    let nanos = || array.as_primitive_opt::<TimestampNanosecondType>().map(AnyTimes::Nanos);
    micros.or_else(millis).or_else(nanos)
});

impl Times<'_> {
    /// Whether there is a time, readable or not.
    pub(super) fn is_there(&self, at: usize) -> bool {
        match self.0 {
            AnyTimes::Millis(array) => array.is_valid(at),
            AnyTimes::Micros(array) => array.is_valid(at),
            AnyTimes::Nanos(array) => array.is_valid(at),
        }
    }

    /// The time in whole seconds, unless it lies outside the years 0001 to 9999.
    pub(super) fn get(&self, at: usize) -> Option<DateTime<Utc>> {
        let seconds = self.is_there(at).then(|| match self.0 {
            AnyTimes::Millis(array) => array.value(at).div_euclid(1_000),
            AnyTimes::Micros(array) => array.value(at).div_euclid(1_000_000),
            AnyTimes::Nanos(array) => array.value(at).div_euclid(1_000_000_000),
        });
        DateTime::from_timestamp(seconds?, 0).and_then(years::utc)
    }
}

/// Lists: where the items of each are, in a column of all items.
pub(super) struct Lists<'c, C> {
    lists: &'c ListArray,
    items: C,
}

impl<'c, C: TryFrom<&'c ArrayRef>> TryFrom<&'c ArrayRef> for Lists<'c, C> {
    type Error = OtherType;

    fn try_from(array: &'c ArrayRef) -> Result<Self, OtherType> {
        let lists = array.as_list_opt::<i32>().ok_or(OtherType)?;
        Ok(Self { lists, items: C::try_from(lists.values()).map_err(|_| OtherType)? })
    }
}

impl<'c, C> Lists<'c, C> {
    /// Whether there is a list, empty or not.
    pub(super) fn is_there(&self, at: usize) -> bool {
        self.lists.is_valid(at)
    }

    /// Reads the items of a list, each by its number among all.
    pub(super) fn get<T>(&self, at: usize, item: impl Fn(&C, usize) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        if !self.is_there(at) {
            return Ok(Vec::new());
        }
        let offsets = self.lists.value_offsets();
        // Offsets of a list that is there are never negative.
        let range = offsets[at] as usize..offsets[at + 1] as usize;
        range.map(|at| item(&self.items, at)).collect()
    }
}

impl Lists<'_, Strings<'_>> {
    pub(super) fn strings(&self, at: usize) -> Vec<String> {
        self.get(at, |items, at| Ok(items.text(at))).unwrap_or_default()
    }
}
