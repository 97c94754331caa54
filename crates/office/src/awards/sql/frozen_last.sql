select nomination_versions.nomination, max(nomination_versions.made_at) as at
from nomination_versions
join nominations on nominations.id = nomination_versions.nomination
where nominations.campaign = $1 and nominations.state in ('submitted', 'accepted', 'passed')
group by nomination_versions.nomination
order by nomination_versions.nomination
