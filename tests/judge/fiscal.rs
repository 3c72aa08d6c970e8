//! Fiscal years: of months from any month on, or of whole weeks.

use jiff::ToSpan;
use jiff::civil::Date;

use super::time::Grain;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FiscalYear {
    /// From the first day of this month on.
    Months(i8),
    Weeks(FiscalWeeks),
}

/// `weeks: 4-5-4`, `ends: saturday nearest the end of january`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiscalWeeks {
    /// Of the months of a quarter.
    pub pattern: [u8; 3],
    /// On which years end: 1 Monday to 7 Sunday.
    pub weekday: i8,
    /// The one nearest the month's last day, else the last one in the month.
    pub is_nearest: bool,
    pub month: i8,
}

/// A fiscal month: of the year that ends in or near this calendar year, from 0 on.
type Month = (i16, i16);

impl FiscalYear {
    pub fn first_of(self, grain: Grain, day: Date) -> Date {
        match self {
            FiscalYear::Months(first) => first_of_months(day, first, months_of(grain)),
            FiscalYear::Weeks(weeks) => weeks.start(weeks.first_month(grain, day)),
        }
    }

    /// The first day of the period so many months after the one that holds a day.
    pub fn moved(self, grain: Grain, day: Date, by: i16) -> Date {
        match self {
            FiscalYear::Months(_) => self.first_of(grain, self.first_of(grain, day) + by.months()),
            FiscalYear::Weeks(weeks) => {
                let (year, month) = weeks.first_month(grain, day);
                let count = year * 12 + month + by;
                weeks.start((count.div_euclid(12), count.rem_euclid(12)))
            }
        }
    }
}

impl FiscalWeeks {
    /// The last day of the year that ends in or near this calendar year.
    fn end(&self, year: i16) -> Date {
        let last = Date::constant(year, self.month, 1).last_of_month();
        let mut end = if self.is_nearest { last + 3.days() } else { last };
        while end.weekday().to_monday_one_offset() != self.weekday {
            end -= 1.day();
        }
        end
    }

    /// Where a month begins: so many weeks after its year.
    fn start(&self, (year, month): Month) -> Date {
        let first = self.end(year - 1) + 1.day();
        let weeks: u8 = self.pattern.iter().cycle().take(usize::try_from(month).expect("from 0 on")).sum();
        first + i64::from(weeks).weeks()
    }

    /// The first month of the month, quarter or year that holds a day. A 53rd week is of the last.
    fn first_month(&self, grain: Grain, day: Date) -> Month {
        let years = [day.year() - 1, day.year(), day.year() + 1];
        let year = years.into_iter().find(|year| day <= self.end(*year)).expect("a year is not longer");
        let month = (0..12).rfind(|month| self.start((year, *month)) <= day).expect("the year has begun");
        (year, month - month % i16::from(months_of(grain)))
    }
}

fn months_of(grain: Grain) -> i8 {
    match grain {
        Grain::FiscalMonth => 1,
        Grain::FiscalQuarter => 3,
        Grain::FiscalYear => 12,
        _ => unreachable!("it is fiscal"),
    }
}

/// The first day of the stretch of so many months, one of which starts with `first`.
pub fn first_of_months(day: Date, first: i8, months: i8) -> Date {
    let mut start = day.first_of_month();
    while (start.month() - first).rem_euclid(months) != 0 {
        start -= 1.month();
    }
    start
}
