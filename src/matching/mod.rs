//! Which commands are meant: matchers, and the view of a command that they judge. Pure values that know only `proto`.
//!
//! ```
//! use ftp_fixture::matching::{any_command, verb};
//!
//! let uploads = verb("STOR").path("*.csv").user("alice");
//! assert_eq!(uploads.to_string(), "STOR with path *.csv by user alice");
//!
//! let changes = verb("STOR").or(verb("DELE")).path("/inbox/**");
//! assert_eq!(changes.to_string(), "(STOR or DELE) with path /inbox/**");
//! ```

mod command_matcher;
mod command_view;
mod condition;
mod matcher;
mod path_pattern;

pub use command_matcher::{CommandMatcher, any_command, verb};
pub use command_view::CommandView;
pub use matcher::Matcher;

pub(crate) use command_view::pathname_of;
pub(crate) use matcher::Described;
