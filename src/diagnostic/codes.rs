//! Every code, once.

/// Declares the codes: variant, id, one-line title. The page of each is
/// `pages/ID.md`, compiled in, so that a code without a page does not build.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $title:literal;)*) => {
        /// A kind of finding; `kpic explain` prints its page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// What people type: `K0201`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// A few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }

            /// The page, in Markdown.
            pub fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("pages/", $id, ".md")),)* }
            }

            /// The variant's name, which the code that emits it uses.
            pub fn variant(self) -> &'static str {
                match self { $(Code::$variant => stringify!($variant),)* }
            }
        }
    };
}

codes! {
    // Syntax
    Syntax = "K0101", "text that the language does not have";
    NotText = "K0102", "a file that is not UTF-8 text";
    TooDeep = "K0103", "nesting too deep";
    TooLarge = "K0104", "a file or expression too large";
    Unterminated = "K0105", "a text, name or block that is never closed";
    UnknownUnit = "K0106", "an unknown unit word";
    BadDate = "K0107", "a date or period that does not exist";
    YamlSyntax = "K0108", "text that is not YAML";
    YamlShape = "K0109", "a YAML value of the wrong shape";
    YamlUnquoted = "K0110", "an expression that YAML cut short";
    YamlFeature = "K0111", "a YAML feature that definitions do not use";
    Repeated = "K0112", "a property given twice";
    UnknownKeyword = "K0113", "an unknown property or key";
    // Names
    UnknownName = "K0201", "an unknown name";
    DuplicateName = "K0202", "a name defined twice";
    Cycle = "K0203", "a definition that needs itself";
    UnknownSource = "K0204", "an unknown source";
    UnknownDimension = "K0205", "an unknown dimension or segment";
    UnknownParam = "K0206", "an unknown parameter";
    UnknownColumn = "K0207", "a column that the data does not have";
    WrongKind = "K0208", "a name of another kind";
    NameTaken = "K0209", "a KPI that takes a measure's name for another number";
    UnknownFunction = "K0210", "an unknown function";
    Unused = "K0211", "a definition that nothing uses";
    Versions = "K0212", "versions of a KPI that do not go together";
    Conflict = "K0215", "two definitions that give the same thing";
    Redefined = "K0216", "a number of a pack that the project defines anew";
    UnknownPack = "K0217", "a pack that does not exist";
    // Types and units
    TypeMismatch = "K0301", "values of types that do not go together";
    NestedAggregate = "K0302", "an aggregate inside an aggregate";
    ColumnOutsideAggregate = "K0303", "a column outside an aggregate";
    WrongArguments = "K0304", "the wrong arguments for a function or property";
    NotACondition = "K0305", "a condition that is not true or false";
    DimensionTypes = "K0306", "one dimension with two types";
    UnitMismatch = "K0307", "units that do not go together";
    UnitConflict = "K0308", "a declared unit that is not the formula's";
    InexactMoney = "K0309", "money stored as a floating-point number";
    // Sources, joins, reach
    JoinKey = "K0401", "a join that is not on the other source's key";
    TwoPaths = "K0402", "two join paths to one dimension";
    JoinCycle = "K0403", "joins that lead back to where they start";
    Unreachable = "K0404", "a dimension or segment that a measure cannot reach";
    OneSide = "K0405", "an aggregate over the one side of a join";
    MissingKey = "K0406", "a source without a key";
    MissingTime = "K0407", "a measure without a time axis";
    DuplicateKeys = "K0408", "a joined key that repeats in the data";
    Unbound = "K0409", "a KPI whose source has no table yet";
    BackwardIntervals = "K0410", "rows that end before they begin";
    // Soundness
    StockWithoutReading = "K0501", "a stock without a reading";
    AverageOfRatios = "K0502", "an average of ratios";
    SumOfDistinct = "K0503", "a sum of distinct counts";
    ZoneNotDeclared = "K0504", "timestamps without a declared zone";
    NestedWindow = "K0505", "a window or an offset inside a window";
    StockInWindow = "K0506", "a stock inside a window";
    NoPlace = "K0507", "a place among members that has no meaning";
    ShareOfNoSum = "K0508", "a cumulative share of what does not add up";
    OtherSpan = "K0509", "a flow over a rate of another time";
    MixedCurrencies = "K0510", "amounts of several currencies taken together";
    OutsideScale = "K0511", "a value outside of a score's scale";
    AboveHundred = "K0512", "a percentage of a whole by its part";
    MissingRate = "K0513", "an exchange rate that is missing";
    BadFormat = "K0514", "a format that a KPI's numbers do not have";
    // Targets and status
    TargetTwice = "K0530", "two targets that hold for the same cell";
    TargetGrain = "K0531", "a target that does not fit the periods of its KPI";
    TargetDirection = "K0532", "a target that does not fit its KPI's better side";
    TargetGap = "K0533", "a time between two targets without one";
    StatusOrder = "K0534", "a status that is never reached";
    AttainmentElsewhere = "K0535", "an attainment in another context than its KPI's";
    TargetSheet = "K0536", "a sheet of targets that is not understood";
    // Requests
    UnknownKpi = "K0601", "a request for an unknown KPI";
    BadRange = "K0602", "an asked range that is no range";
    CutPeriod = "K0603", "a bound that cuts a period";
    GrainNotAllowed = "K0604", "a grain that the KPI does not take";
    HourOfDate = "K0605", "hours of a date";
    BadOption = "K0606", "an option's value that is not understood";
    OffsetNotWhole = "K0607", "an offset or a window that is no whole number of periods";
    // Dialects
    DialectCannot = "K0701", "something the dialect cannot say";
    // Unit tests
    TestRow = "K0711", "a row of a unit test that does not fit";
    TestColumn = "K0712", "a column of a unit test that is not there, or is missing";
    TestOfNothing = "K0713", "a unit test that could never fail";
    // The schema of the data
    SchemaLock = "K0740", "a schema lock that is not understood";
    StaleLock = "K0741", "a table that the schema lock does not know";
    ColumnType = "K0742", "a declared type that is not the data's";
    FewerDecimals = "K0743", "fewer decimals than the data has";
    NullableDistinct = "K0744", "a distinct count of what may be null";
    Drift = "K0745", "a table that is not what the schema lock says";
    NoPartner = "K0746", "rows that find no partner";
    NoSuchTable = "K0747", "a table that is not there";
    ColumnsExport = "K0748", "an export of columns that is not understood";
    NoConnection = "K0749", "a database that cannot be asked";
    // Targets of tables
    Unpulled = "K0750", "a table of targets that nobody has pulled";
    TargetDrift = "K0751", "a table that has other targets than its sheet";
    TargetTable = "K0752", "a table that is none of targets";
    // Accepted values
    UnacceptedValue = "K0756", "a value that a dimension does not have";
    UnacceptedRows = "K0757", "rows with values that are not accepted";
    // Project, data, engine
    ProjectFile = "K0801", "a project file that is not understood";
    Unreadable = "K0802", "a file that cannot be read or written";
    SqlSource = "K0803", "an SQL source that is not one query";
    Engine = "K0804", "an error that the engine reported";
    NoEngine = "K0805", "a build without the engine";
    // How KPIs are kept
    NoTarget = "K0820", "a KPI without a target";
    NoOwner = "K0821", "a KPI without an owner";
    NoUnit = "K0822", "a KPI without a unit";
    NoDirection = "K0823", "a KPI without a direction";
    NoObjective = "K0824", "a KPI without an objective";
    NoDimension = "K0825", "a rate without any dimension";
    TargetWithoutDirection = "K0826", "a target without a direction";
    ShortTarget = "K0827", "a target of shorter periods than its KPI answers in";
    SameFormula = "K0828", "one number under two names";
    NearFormula = "K0829", "a number that says the same as another one";
    SameLabel = "K0830", "one label for two KPIs";
    BareConversionRate = "K0831", "a conversion rate that does not say of whom";
    MixedBases = "K0832", "a sum of rates with different bases";
    PersonalData = "K0833", "personal data in results";
    IdleAllow = "K0834", "an `allow` that silences nothing";
    UnknownLint = "K0835", "an `allow` of no lint";
    // Objectives, dashboards, assertions
    UnknownObjective = "K0860", "an objective that the project does not declare";
    TwoTimes = "K0861", "a comparison of what is read over two times";
    NotSmart = "K0862", "an objective that is not SMART";
    ObjectiveWithoutKpi = "K0863", "an objective without a KPI";
    TooManyKpis = "K0864", "an objective with too many KPIs";
    CrowdedDashboard = "K0865", "a dashboard with too many KPIs";
    VanityHeadline = "K0866", "a headline that goes up whatever happens";
    ShownAlone = "K0867", "a KPI shown without its pair";
    RawVolume = "K0868", "a raw volume shown where another KPI tells more";
    BenchmarkWithoutSource = "K0869", "a benchmark without its source or year";
    OldBenchmark = "K0870", "a benchmark that is old";
    StageWithoutKpi = "K0871", "a stage of the journey without a KPI";
    UnknownStage = "K0872", "a stage that the project does not list";
    NoBenchmark = "K0873", "a gap to a benchmark that is not there";
    // Not yet
    NotYet = "K0901", "a part of the language that is not supported yet";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl std::str::FromStr for Code {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Code::ALL.iter().copied().find(|c| c.id().eq_ignore_ascii_case(text)).ok_or(())
    }
}
