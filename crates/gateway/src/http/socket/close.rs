//! Why a socket ends, as clients are told.

use super::frame::Frame;

/// Why a socket ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The client wanted it.
    Normal,
    /// The client is not there any more, so that nobody is told.
    Gone,
    /// The client does not speak the protocol.
    BadMessage(&'static str),
    /// The client subscribed before it was acknowledged.
    EarlySubscribe,
    /// The credentials are wrong, or are not right any more.
    Forbidden,
    /// The client did not begin the conversation in time.
    InitTimeout,
    /// The client used an id that is in use.
    IdInUse,
    /// The client began the conversation twice.
    SecondInit,
    /// A mistake of ours.
    Fault,
    /// The frames of the client are no frames.
    BadFrame,
    /// A text of the client is not UTF-8.
    BadText,
    /// The client sent too many messages.
    TooManyMessages,
    /// The client sent a message that is too large.
    TooLarge,
    /// The server is about to stop.
    Restart,
    /// The client takes too slowly what it asked for, or the server has no room for it.
    Overload,
}

impl Close {
    /// The code that the client is told, when there is somebody to tell it.
    const fn code(self) -> Option<u16> {
        Some(match self {
            Self::Gone => return None,
            Self::Normal => 1000,
            Self::BadFrame => 1002,
            Self::BadText => 1007,
            Self::TooManyMessages => 1008,
            Self::TooLarge => 1009,
            Self::Restart => 1012,
            Self::Overload => 1013,
            Self::BadMessage(_) => 4400,
            Self::EarlySubscribe => 4401,
            Self::Forbidden => 4403,
            Self::InitTimeout => 4408,
            Self::IdInUse => 4409,
            Self::SecondInit => 4429,
            Self::Fault => 4500,
        })
    }

    /// The same as a word, for the numbers.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Gone => "none",
            Self::Normal => "1000",
            Self::BadFrame => "1002",
            Self::BadText => "1007",
            Self::TooManyMessages => "1008",
            Self::TooLarge => "1009",
            Self::Restart => "1012",
            Self::Overload => "1013",
            Self::BadMessage(_) => "4400",
            Self::EarlySubscribe => "4401",
            Self::Forbidden => "4403",
            Self::InitTimeout => "4408",
            Self::IdInUse => "4409",
            Self::SecondInit => "4429",
            Self::Fault => "4500",
        }
    }

    /// What people read.
    const fn words(self) -> &'static str {
        match self {
            Self::Normal | Self::Gone => "",
            Self::BadMessage(problem) => problem,
            Self::EarlySubscribe => "subscribe came before connection_ack",
            Self::Forbidden => "Forbidden",
            Self::InitTimeout => "no connection_init came in time",
            Self::IdInUse => "an operation with this id is running",
            Self::SecondInit => "too many initialisation requests",
            Self::Fault => "internal error",
            Self::BadFrame => "not a frame of a client",
            Self::BadText => "a text is not UTF-8",
            Self::TooManyMessages => "too many messages within a minute",
            Self::TooLarge => "the message is too large",
            Self::Restart => "the server restarts: connect again and go on from the last cursor",
            Self::Overload => "too slow: connect again and go on from the last cursor",
        }
    }

    /// The frame that tells it, when there is somebody to tell it.
    pub(super) fn frame(self) -> Option<Frame> {
        Some(Frame::Close(self.code()?, self.words()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_fits_into_its_frame() {
        for close in [Close::Restart, Close::Overload, Close::EarlySubscribe] {
            assert!(close.words().len() <= 123, "{close:?}");
        }
        assert!(Close::Gone.frame().is_none());
    }
}
