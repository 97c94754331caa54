update indicator_settings
set forecast_points = $2, outlier_factor = $3, document = $4, version = version + 1
where version = $1
