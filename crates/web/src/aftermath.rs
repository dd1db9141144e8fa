//! After the commit: who must be told, as one match.
