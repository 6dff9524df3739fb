# What the article adds for Go
export PATH=$PATH:/usr/local/go/bin
export GOPATH=$HOME/go
export GO111MODULE=on
export GOPROXY="https://goproxy.internal:8081,https://proxy.golang.org,direct"
export GOSUMDB="sum.golang.org+https://sum.golang.org"
export GOPRIVATE="git.internal.company.com/*"

# One build cache for Windows and Linux, one workspace for all distributions
export GOCACHE="/mnt/c/go-cache"
export GOPATH=/mnt/d/go-workspace

# Windows and the GPU
export DISPLAY=:0
export WAYLAND_DISPLAY=wayland-0
export CUDA_VISIBLE_DEVICES=0
