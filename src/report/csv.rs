//! CSV with every digit; NULL is empty.

use super::sheet::Sheet;

/// A header and the sheet's lines.
pub fn csv(sheet: &Sheet) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut record =
        |cells: Vec<String>| writer.write_record(cells).expect("lines are as long as the header");
    let told = sheet.for_programs();
    record(told.iter().map(|column| sheet.columns[*column].name.clone()).collect());
    for line in &sheet.lines {
        record(told.iter().map(|column| line.values[*column].text().unwrap_or_default()).collect());
    }
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("texts in, text out")
}
