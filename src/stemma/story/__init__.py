"""Stories: which reports tell one real-world event; and what holds for a story as a whole: its actors, its dates.

``group`` puts a pile into stories. ``actors`` joins the names of a story's reports. ``dating`` borrows dates between them.
"""

from stemma.story.actors import join_actors
from stemma.story.cluster import group, one_story
from stemma.story.constraints import constrain
from stemma.story.dating import borrow_dates
from stemma.story.explain import explain_groups, explain_pair
from stemma.story.features import Profile, profile
from stemma.story.follows import link_follow_ups
from stemma.story.former import changes_since, keep_ids, read_stories
from stemma.story.increment import group_since
from stemma.story.profiles import Profiles, joined, profiled

__all__ = [
    "Profile",
    "Profiles",
    "borrow_dates",
    "changes_since",
    "constrain",
    "explain_groups",
    "explain_pair",
    "group",
    "group_since",
    "join_actors",
    "joined",
    "keep_ids",
    "link_follow_ups",
    "one_story",
    "profile",
    "profiled",
    "read_stories",
]
