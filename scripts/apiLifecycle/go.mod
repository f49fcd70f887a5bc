module kubeharden.example/apilifecycle

go 1.26.0
