//! Where a petition stands, and the steps from one state to the next: each edge is written here once.

use crate::words::words;

words! {
    /// Where a petition stands.
    State {
        /// Nobody has looked at it yet.
        Received = "received", "mới tiếp nhận";
        /// Not taken; kept with the reason.
        Refused = "refused", "không tiếp nhận";
        /// The sender was asked for more; the clocks stand.
        Waiting = "waiting", "chờ người gửi bổ sung";
        /// A unit has it.
        InProgress = "in_progress", "đang xử lý";
        /// The answer waits for a signature.
        ToSign = "to_sign", "chờ ký trả lời";
        /// Answered, not published yet.
        Answered = "answered", "đã trả lời";
        /// The answer is published.
        Published = "published", "đã công khai";
        /// The sender disagreed with the answer.
        Reopened = "reopened", "đề nghị xem xét lại";
        /// Passed on to the agency it belongs to.
        Elsewhere = "elsewhere", "đã chuyển cơ quan có thẩm quyền";
        /// A complaint or accusation, handed over to its own procedure.
        HandedOver = "handed_over", "đã chuyển theo thủ tục khác";
        /// The same as another one, which is handled.
        Duplicate = "duplicate", "trùng với vụ việc khác";
        /// The sender took it back.
        Withdrawn = "withdrawn", "người gửi đã rút";
    }
}

impl State {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Received | Self::Waiting | Self::InProgress | Self::ToSign => "warn",
            Self::Answered | Self::Published => "ok",
            Self::Refused | Self::Reopened => "bad",
            Self::Elsewhere | Self::HandedOver | Self::Duplicate | Self::Withdrawn => "neutral",
        }
    }

    /// Whether somebody of the office still has to do something for an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Waiting | Self::InProgress | Self::ToSign | Self::Reopened)
    }
}

words! {
    /// What somebody does with a petition.
    Step {
        /// Says what kind it is.
        Sort = "sort", "phân loại";
        /// Does not take it, with a reason.
        Refuse = "refuse", "không tiếp nhận";
        /// Asks the sender for more.
        Ask = "ask", "đề nghị bổ sung";
        /// The sender sends more.
        Supply = "supply", "người gửi bổ sung";
        /// Gives it to a unit that leads, with others that take part.
        Assign = "assign", "giao xử lý";
        /// The unit says that it is not its own.
        GiveBack = "give_back", "đơn vị trả lại, không thuộc thẩm quyền";
        /// Passes it on to an agency outside.
        PassOn = "pass_on", "chuyển cơ quan có thẩm quyền";
        /// Hands a complaint or accusation over.
        HandOver = "hand_over", "chuyển theo thủ tục riêng";
        /// Says that it is the same as another.
        Join = "join", "ghi trùng với vụ việc khác";
        /// Says that it is not the same after all.
        Separate = "separate", "bỏ ghi trùng";
        /// Sends the draft of the answer up.
        Submit = "submit", "trình ký trả lời";
        /// Sends the draft back.
        SendBack = "send_back", "trả lại dự thảo";
        /// Signs the answer.
        Sign = "sign", "ký trả lời";
        /// Answers it with what was decided about many.
        Settle = "settle", "trả lời theo quyết định chung";
        /// Publishes the answer.
        Publish = "publish", "công khai trả lời";
        /// The sender takes it back.
        Withdraw = "withdraw", "người gửi rút";
        /// The sender disagrees with the answer.
        Disagree = "disagree", "người gửi chưa đồng ý";
    }
}

impl Step {
    /// Where the step leads from a state; none when it must not be taken there. A supplement leads back to
    /// the unit where there is one; a decision about many answers who waits for a supplement only where there is one.
    #[must_use]
    pub fn leads(self, from: State, has_lead: bool) -> Option<State> {
        use State as S;
        Some(match (self, from) {
            (Self::Sort, S::Received) => S::Received,
            (Self::Refuse, S::Received | S::Waiting) => S::Refused,
            (Self::Ask, S::Received | S::InProgress) => S::Waiting,
            (Self::Supply, S::Waiting) if has_lead => S::InProgress,
            (Self::Supply, S::Waiting) | (Self::GiveBack, S::InProgress) | (Self::Separate, S::Duplicate) => {
                S::Received
            }
            (Self::Assign, S::Received | S::InProgress | S::Reopened) | (Self::SendBack, S::ToSign) => S::InProgress,
            (Self::PassOn, S::Received) => S::Elsewhere,
            (Self::HandOver, S::Received | S::InProgress) => S::HandedOver,
            (Self::Join, S::Received | S::InProgress) => S::Duplicate,
            (Self::Submit, S::InProgress) => S::ToSign,
            (Self::Sign, S::ToSign) | (Self::Settle, S::InProgress | S::ToSign | S::Reopened) => S::Answered,
            (Self::Settle, S::Waiting) if has_lead => S::Answered,
            (Self::Publish, S::Answered) => S::Published,
            (Self::Withdraw, S::Received | S::Waiting | S::InProgress | S::ToSign | S::Reopened) => S::Withdrawn,
            (Self::Disagree, S::Answered | S::Published) => S::Reopened,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps that may be taken in a state, written down a second time, state by state.
    fn allowed(state: State) -> &'static [Step] {
        use Step as T;
        match state {
            State::Received => &[T::Sort, T::Refuse, T::Ask, T::Assign, T::PassOn, T::HandOver, T::Join, T::Withdraw],
            State::Waiting => &[T::Refuse, T::Supply, T::Withdraw],
            State::InProgress => {
                &[T::Ask, T::Assign, T::GiveBack, T::HandOver, T::Join, T::Submit, T::Settle, T::Withdraw]
            }
            State::ToSign => &[T::SendBack, T::Sign, T::Settle, T::Withdraw],
            State::Answered => &[T::Publish, T::Disagree],
            State::Published => &[T::Disagree],
            State::Reopened => &[T::Assign, T::Settle, T::Withdraw],
            State::Duplicate => &[T::Separate],
            State::Refused | State::Elsewhere | State::HandedOver | State::Withdrawn => &[],
        }
    }

    #[test]
    fn every_edge_leads_somewhere_and_every_other_is_refused() {
        let mut edges = 0;
        for &state in State::ALL {
            for &step in Step::ALL {
                let leads = step.leads(state, false).is_some();
                assert_eq!(leads, allowed(state).contains(&step), "{} {}", state.code(), step.code());
                edges += usize::from(leads);
            }
        }
        assert_eq!(edges, 30);
    }

    #[test]
    fn a_decision_answers_who_waits_for_a_supplement_only_where_a_unit_has_it() {
        assert_eq!(Step::Settle.leads(State::Waiting, true), Some(State::Answered));
        assert_eq!(Step::Settle.leads(State::Waiting, false), None);
    }

    #[test]
    fn a_supplement_goes_back_to_who_asked() {
        assert_eq!(Step::Supply.leads(State::Waiting, false), Some(State::Received));
        assert_eq!(Step::Supply.leads(State::Waiting, true), Some(State::InProgress));
    }
}
