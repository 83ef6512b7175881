//! Who may log in, where they stand and what they may do there.

mod account;
mod authorizer;
mod dummy;
mod error;
mod user;

pub use authorizer::{Authorizer, Target};
pub use dummy::DummyAuthorizer;
pub use error::{AuthenticationFailed, AuthorizerError};
pub use user::{User, UserError};
