select source, max(version) as version from dossier_mappings group by source order by source
